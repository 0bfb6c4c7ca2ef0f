import type { Task } from '@medplum/fhirtypes';
import type { Deadlines } from './deadlines/deadlines.js';
import { readClock, withClock } from './leg-clock.js';
import { clockOf } from './run-clock.js';
import { stateRow } from './states.js';
import { awayAhead, endPast, endWithout, type Unavailability, unavailabilitiesOf } from './unavailability.js';
import { stateOf } from './vocabulary.js';

interface Shift {
  readonly now: Date;
  readonly deadlines: Deadlines;
  /** When the patient was not available as far as was known before. */
  readonly before: readonly Unavailability[];
}

/**
 * The same leg, its running clock stopped for the times in which the patient is not available from now on: it ends so much later,
 * and whoever is told of it next is told so much later. A time that begins when the clock has run out changes nothing.
 */
export function shiftClock(task: Task, { now, deadlines, before }: Shift): Task {
  const clock = readClock(task);
  const state = stateOf(task);
  const name = state && stateRow(state).clock;
  const period = task.restriction?.period;
  if (!clock || !name || period?.end === undefined) return task;
  const { unit } = clock;
  const due = new Date(period.end);
  // What the times known before had added is taken off again.
  const bare = endWithout(due, awayAhead(before, now), unit, deadlines);
  const end = endPast(bare, awayAhead(unavailabilitiesOf(task), now), unit, deadlines);
  const which = clockOf(task, name);
  const level = deadlines.escalations(which, due).find(({ at }) => clock.escalates && at >= clock.escalates)?.level;
  const next = deadlines.escalations(which, end).find((step) => step.level === level);
  const { escalates: _before, ...rest } = clock;
  const moved = withClock(task, { ...rest, ...(next ? { escalates: next.at } : {}) });
  return { ...moved, restriction: { ...task.restriction, period: { ...period, end: end.toISOString() } } };
}
