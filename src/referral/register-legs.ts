import type { Task } from '@medplum/fhirtypes';
import { longClass, shortClass } from '../fhir/search/date-keys.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { Store } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import { previousLegs } from './legs.js';
import type { LocalDay } from './local-day.js';
import { isLeg, isTaskOf } from './vocabulary.js';

/** One line of the daily register before its columns: which leg, what happened to it, when. */
export interface RegisterLeg {
  readonly leg: Task & { id: string };
  readonly kind: 'referencia' | 'respuesta';
  readonly direction: 'sent' | 'received';
  /** Moment of the event. */
  readonly at: string;
}

/** Most lines of one facility and day; a large hospital has a few hundred. */
const MOST_LINES = 2_000;

const within = (day: LocalDay, moment: string | undefined): moment is string => {
  if (moment === undefined) return false;
  const at = new Date(moment);
  return at >= day.start && at < day.end;
};

async function tasks(
  store: Store,
  role: 'owner' | 'requester',
  facility: string,
  date: Filter,
): Promise<(Task & { id: string })[]> {
  const filter = { 's.ref': `${role}~Organization/${facility}`, 's.dat': { $elemMatch: date } };
  const found = await store.find('Task', filter, { limit: MOST_LINES });
  return found.map((stored) => resourceOf<Task & { id: string }>(stored));
}

/**
 * What a facility sent and received on a day (LN23:2019, annex 8):
 * referrals sent (first leg made), referrals received (`executionPeriod.start`), answers sent (`executionPeriod.end`)
 * and answers received (the follow-up Task that the acknowledgement makes). In the order of the hour.
 */
export async function registerLegs(store: Store, facility: string, day: LocalDay): Promise<RegisterLeg[]> {
  const today = { $gte: day.start, $lt: day.end };
  const authored = { p: shortClass('authored-on'), lo: today };
  const period = { $in: [shortClass('period'), longClass('period')] };
  const started = { p: period, lo: today };
  const ended = { p: period, hi: today };
  const [sent, received, answered, followUps] = await Promise.all([
    tasks(store, 'requester', facility, authored),
    tasks(store, 'owner', facility, started),
    tasks(store, 'owner', facility, ended),
    tasks(store, 'owner', facility, authored),
  ]);
  const line = (
    legs: readonly (Task & { id: string })[],
    kind: RegisterLeg['kind'],
    direction: RegisterLeg['direction'],
    moment: (leg: Task) => string | undefined,
  ): RegisterLeg[] =>
    legs.filter(isLeg).flatMap((leg) => {
      const at = moment(leg);
      return within(day, at) ? [{ leg: leg, kind, direction, at }] : [];
    });
  const acknowledged = followUps
    .filter((task) => isTaskOf(task, 'follow-up'))
    .map((task) => ({ leg: task, kind: 'respuesta', direction: 'received', at: task.authoredOn ?? '' }) as const);
  return [
    ...line(
      // Whoever came by themselves was sent by nobody: the facility received them, and that is one line.
      sent.filter((leg) => previousLegs(leg).length === 0 && leg.owner?.reference !== `Organization/${facility}`),
      'referencia',
      'sent',
      ({ authoredOn }) => authoredOn,
    ),
    ...line(received, 'referencia', 'received', ({ executionPeriod }) => executionPeriod?.start),
    ...line(answered, 'respuesta', 'sent', ({ executionPeriod }) => executionPeriod?.end),
    ...acknowledged,
  ].sort((a, b) => a.at.localeCompare(b.at));
}
