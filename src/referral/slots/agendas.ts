import type { Reference, Schedule } from '@medplum/fhirtypes';
import { custodianOf } from '../../fhir/custodian-of.js';
import { localTarget } from '../../fhir/references.js';
import { codeTokenKey, pairKey, referenceKey } from '../../fhir/search/search-keys.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';

type Stored<T> = T & { id: string };

/** A hospital has some sixty services, each with a few agendas. */
const MOST_SERVICES = 200;
const MOST_AGENDAS = 500;

/** An agenda of a facility: whose, where, with whom. */
export interface Agenda {
  readonly stored: FoundResource;
  readonly schedule: Stored<Schedule>;
}

const agenda = (stored: FoundResource): Agenda => ({ stored, schedule: resourceOf<Stored<Schedule>>(stored) });

/** Actor of an agenda of one of these types, for example the place. */
export const actorOf = (
  { actor }: Schedule,
  type: 'HealthcareService' | 'Location' | 'PractitionerRole',
): Reference | undefined => actor.find(({ reference }) => localTarget(reference ?? '')?.type === type);

/**
 * Agendas of a facility: those of its services that are in use.
 * @param service HealthcareService id, when only its agendas are wanted
 */
export async function agendasOf(store: Store, facility: string, service?: string): Promise<readonly Agenda[]> {
  const services = await store.find(
    'HealthcareService',
    { 's.ref': referenceKey('organization', `Organization/${facility}`) },
    { limit: MOST_SERVICES },
  );
  const keys = services
    .filter(({ _id }) => service === undefined || _id === service)
    .map(({ _id }) => referenceKey('actor', `HealthcareService/${_id}`));
  if (keys.length === 0) return [];
  const found = await store.find('Schedule', { 's.ref': { $in: keys } }, { limit: MOST_AGENDAS });
  return found.map(agenda).filter(({ schedule }) => schedule.active !== false);
}

/** Organization id of the facility whose agenda it is: by its service, else by its place or its person. */
export async function facilityOf(store: Store, schedule: Schedule): Promise<string | undefined> {
  for (const type of ['HealthcareService', 'Location', 'PractitionerRole'] as const) {
    const target = localTarget(actorOf(schedule, type)?.reference ?? '');
    const stored = target && (await store.read(target.type, target.id));
    const facility = stored && !stored.del ? custodianOf(resourceOf(stored)) : undefined;
    if (facility !== undefined) return facility;
  }
  return undefined;
}

/**
 * Filter of slots of some agendas that begin within a time (`from` included), on the index `tok` of Slot, which runs in
 * the order of their start.
 */
export function slotsWithin(
  schedules: readonly string[],
  statuses: readonly ('free' | 'busy')[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Filter {
  const pairs = schedules.flatMap((id) =>
    statuses.map((status) =>
      pairKey('status', 'schedule', codeTokenKey('status', status), referenceKey('schedule', `Schedule/${id}`)),
    ),
  );
  return { 's.tok': { $in: pairs }, 'k.start': { $gte: from, $lt: to } };
}
