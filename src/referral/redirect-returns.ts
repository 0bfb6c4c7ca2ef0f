import type { Organization, Task } from '@medplum/fhirtypes';
import type { Finding } from '../errors.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { AskedMove } from './ask-move.js';
import { destinationOf } from './destination.js';
import { previousLegs } from './legs.js';
import { readLinked } from './task-io.js';
import { sidesOf } from './work-scalars.js';

/** Redirects of one referral that are looked back on; nobody passes one on more often. */
const MOST_LEGS = 50;

/** Organization ids of the destinations that a referral had before its newest leg, the latest first. */
async function earlierDestinations(context: FhirContext, task: Task): Promise<readonly string[]> {
  const found: string[] = [];
  for (let leg: Task | undefined = task; leg && found.length < MOST_LEGS;) {
    const [id]: readonly string[] = previousLegs(leg);
    leg = id === undefined ? undefined : (await readLinked<Task>(context, `Task/${id}`))?.resource;
    const { destination } = leg ? sidesOf(leg) : {};
    if (destination !== undefined) found.push(destination);
  }
  return found;
}

/**
 * What there is to say about a redirect that leads back to where the referral was ("ping-pong"). Of somebody on the way it is
 * refused, unless the network's manager decides it; else it is a warning: capacity comes and goes, and the origin may want it.
 */
export async function redirectReturns(asked: AskedMove): Promise<readonly Finding[]> {
  const { context, parties, referral, values } = asked;
  const performer = values.reference('performer');
  if (!referral.leg || performer === undefined) return [];
  const destination = await destinationOf(context, performer, referral.sides.origin, 'performer');
  if (!(await earlierDestinations(context, referral.leg.task)).includes(destination)) return [];
  const place = await readLinked<Organization>(context, `Organization/${destination}`);
  const refused = referral.state === 'in-transit' && !parties.includes('RG');
  return [
    {
      code: 'redirect-returns',
      severity: refused ? 'error' : 'warning',
      params: { place: place?.resource.name ?? destination },
      expression: 'performer',
    },
  ];
}
