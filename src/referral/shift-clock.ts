import type { Task } from '@medplum/fhirtypes';
import type { Deadlines } from './deadlines/deadlines.js';
import { readClock, withClock } from './leg-clock.js';
import { clockOf } from './run-clock.js';
import { stateRow } from './states.js';
import { apart, type Stretch } from './stretches.js';
import { type Unavailability, unavailabilitiesOf } from './unavailability.js';
import { stateOf } from './vocabulary.js';

interface Shift {
  readonly now: Date;
  readonly deadlines: Deadlines;
  /** When the patient was not available as far as was known before. */
  readonly before: readonly Unavailability[];
}

/** What is still to come of some times, in their order. */
const ahead = (times: readonly Unavailability[], now: Date): readonly Stretch[] =>
  apart(times.map(({ period }) => period)).flatMap(([start, end]): Stretch[] =>
    end <= now ? [] : [[start < now ? now : start, end]],
  );

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
  // What the times known before had added is taken off again, the last one first.
  const bare = ahead(before, now).reduceRight((end, [from, to]) => {
    const earlier = deadlines.before(end, deadlines.between(from, to, unit), unit);
    return earlier > from ? earlier : end;
  }, due);
  const end = ahead(unavailabilitiesOf(task), now).reduce(
    (at, [from, to]) => (from < at ? deadlines.after(at, deadlines.between(from, to, unit), unit) : at),
    bare,
  );
  const which = clockOf(task, name);
  const level = deadlines.escalations(which, due).find(({ at }) => clock.escalates && at >= clock.escalates)?.level;
  const next = deadlines.escalations(which, end).find((step) => step.level === level);
  const { escalates: _before, ...rest } = clock;
  const moved = withClock(task, { ...rest, ...(next ? { escalates: next.at } : {}) });
  return { ...moved, restriction: { ...task.restriction, period: { ...period, end: end.toISOString() } } };
}
