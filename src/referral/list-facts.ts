import type { Appointment, Task } from '@medplum/fhirtypes';
import type { FhirContext } from '../fhir/fhir-context.js';
import { resourceOf } from '../fhir/stored-resource.js';
import { contactAttempts } from './contact-attempts.js';
import { groupsOf } from './groups-of.js';
import type { Attempt, ListFacts } from './leave-list-rules.js';
import { dateIn } from './local-day.js';

/** Appointments of one referral, at most. */
const MOST_APPOINTMENTS = 200;

function attemptsOf(task: Pick<Task, 'extension'>): Attempt[] {
  return contactAttempts(task).flatMap(({ extension = [] }): Attempt[] => {
    const part = (url: string) => extension.find((one) => one.url === url);
    const time = new Date(part('time')?.valueDateTime ?? '');
    return Number.isNaN(time.getTime()) ? [] : [{ day: dateIn(time), reached: part('reached')?.valueBoolean === true }];
  });
}

async function noShowsOf({ store }: Pick<FhirContext, 'store'>, referral: string): Promise<number> {
  const filter = { 's.ref': `based-on~ServiceRequest/${referral}` };
  const found = await store.find('Appointment', filter, { limit: MOST_APPOINTMENTS });
  return found.filter((stored) => resourceOf<Appointment>(stored).status === 'noshow').length;
}

/**
 * What of a referral decides for which causes the person may leave the list.
 * @param about the leg that goes on, the ServiceRequest id and the Patient id
 */
export async function listFacts(
  context: FhirContext,
  about: { readonly leg: Task; readonly referral: string; readonly patient: string | undefined },
  now: Date,
): Promise<ListFacts> {
  const { leg, referral, patient } = about;
  const [groups, noShows] = await Promise.all([
    patient === undefined ? [] : groupsOf(context, patient, now),
    noShowsOf(context, referral),
  ]);
  return { priority: leg.priority ?? 'routine', groups, attempts: attemptsOf(leg), noShows };
}
