import type { Communication, Resource } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import type { Work } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import { objectsIn } from '../untrusted.js';

/** State of a message in the work scalars, until its facility has read it. */
const UNREAD = 'unread';

/** ServiceRequest ids of the orders that a Communication is based on. */
export function ordersOfMessage(resource: Resource | undefined): readonly string[] {
  if (resource?.resourceType !== 'Communication') return [];
  const targets = objectsIn(resource.basedOn).map(({ reference }) => localTarget(reference ?? ''));
  return targets.flatMap((target) => (target?.type === 'ServiceRequest' ? [target.id] : []));
}

/** ServiceRequest id of the order that a message is about; undefined for a Communication about something else. */
export const orderOfMessage = (resource: Resource | undefined): string | undefined => ordersOfMessage(resource)[0];

/** Organization ids of the facilities to which a message goes. */
export const facilitiesAddressed = ({ recipient }: Pick<Communication, 'recipient'>): readonly string[] =>
  objectsIn(recipient).flatMap(({ reference }) => {
    const target = localTarget(reference ?? '');
    return target?.type === 'Organization' ? [target.id] : [];
  });

/**
 * Work scalars of a message that nobody has read at the facility it went to; undefined for everything else. Read
 * messages are nobody's work: their index (`unread` of Communication) holds what counts and nothing more.
 */
export function unreadOf(resource: Resource): Work | undefined {
  if (resource.resourceType !== 'Communication' || orderOfMessage(resource) === undefined) return undefined;
  const [owner] = facilitiesAddressed(resource);
  if (owner === undefined || resource.received !== undefined || resource.status !== 'completed') return undefined;
  return { owner, state: UNREAD, priority: resource.priority ?? 'routine' };
}

/**
 * Filter of the messages that a facility (Organization id) has not read.
 * @param orders ServiceRequest ids, when only those of some referrals count
 */
export const unreadFilter = (facility: string, orders?: readonly string[]): Filter => ({
  'w.owner': facility,
  'w.state': UNREAD,
  ...(orders ? { 's.ref': { $in: orders.map((id) => `based-on~ServiceRequest/${id}`) } } : {}),
});
