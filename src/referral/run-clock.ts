import type { Period, Task } from '@medplum/fhirtypes';
import type { Clock } from './clocks.js';
import type { ClockOf, Deadlines } from './deadlines/deadlines.js';
import { type LegClock, type PausedClock, readClock } from './leg-clock.js';
import { serviceOf } from './service-of.js';
import { specialtyOf } from './specialty-of.js';
import { type ReferralState, stateRow } from './states.js';
import { awayAhead, endPast, unavailabilitiesOf } from './unavailability.js';
import { stateOf } from './vocabulary.js';

const MINUTE_MS = 60_000;

interface ClockStart {
  /** State that the leg enters. */
  readonly state: ReferralState;
  readonly now: Date;
  readonly deadlines: Deadlines;
  /** End that was agreed (an appointment, a date asked of the origin) instead of the term of the table. */
  readonly due?: string;
}

/** The clock of a leg: the period that everybody sees, and what belongs to it. */
export interface RunningClock {
  readonly period: Period;
  /** None in a state without a clock. */
  readonly clock?: LegClock;
}

/** Which row of the deadlines a clock of this leg runs by. */
export const clockOf = (task: Task, clock: Clock): ClockOf => ({
  clock,
  priority: task.priority ?? 'routine',
  specialty: specialtyOf(task),
  service: serviceOf(task),
});

/** What is left of the clock that a state stops, when it was the running one, and who knows that it had run out. */
function pausedBy(task: Task, { state, now, deadlines }: ClockStart): PausedClock | undefined {
  const { pauses } = stateRow(state);
  const before = stateOf(task);
  const end = task.restriction?.period?.end;
  if (!pauses || !before || end === undefined || stateRow(before).clock !== pauses) return undefined;
  const known = readClock(task);
  const unit = known?.unit ?? deadlines.term(clockOf(task, pauses)).unit;
  const due = new Date(end);
  const left = due >= now ? deadlines.between(now, due, unit) : -deadlines.between(due, now, unit);
  const steps = deadlines.escalations(clockOf(task, pauses), due);
  const next = (known ? steps.find(({ at }) => known.escalates && at >= known.escalates) : steps[0])?.level;
  const told = known?.told ?? [];
  return { clock: pauses, unit, left: Math.ceil(left / MINUTE_MS), told, ...(next ? { next } : {}) };
}

/** Clocks that wait for the patient: they stand still while the patient is not available, now or later. */
const OF_PATIENT: ReadonlySet<Clock> = new Set<Clock>(['booking', 'rebooking']);

/** End of a clock that goes on: what was left from now, or as long ago as it had run out when it was stopped. */
const resumedEnd = ({ left, unit }: PausedClock, { now, deadlines }: ClockStart): Date =>
  left >= 0 ? deadlines.after(now, left * MINUTE_MS, unit) : deadlines.before(now, -left * MINUTE_MS, unit);

/**
 * The clock of a leg in the state that it enters. It starts with the term in force for the leg's priority and specialty, goes on
 * with what was left when it had been paused (and with whom it had told that it ran out), or ends on an agreed date; a leg that
 * stays in its state with the same end runs on untouched. A clock that starts has told nobody yet.
 */
export function runClock(task: Task, start: ClockStart): RunningClock {
  const { state, now, deadlines, due } = start;
  const { clock: name } = stateRow(state);
  const period = task.restriction?.period;
  const before = readClock(task);
  const moment = now.toISOString();
  if (!name) return { period: period ?? { start: moment, end: moment } };
  if (period && due !== undefined && due === period.end && stateOf(task) === state)
    return { period, ...(before ? { clock: before } : {}) };
  const which = clockOf(task, name);
  const resumed = before?.paused?.clock === name ? before.paused : undefined;
  const unit = resumed?.unit ?? deadlines.term(which).unit;
  const away = OF_PATIENT.has(name) ? awayAhead(unavailabilitiesOf(task), now) : [];
  const fresh = (): Date => endPast(deadlines.dueAt(which, now), away, unit, deadlines);
  const end = due ?? (resumed ? resumedEnd(resumed, start) : fresh()).toISOString();
  const paused = pausedBy(task, start);
  const steps = deadlines.escalations(which, new Date(end));
  const next = resumed ? steps.find(({ level }) => level === resumed.next) : steps[0];
  return {
    // A term that goes on in another leg may have run out.
    period: { start: new Date(end) < now ? end : moment, end },
    clock: {
      edition: deadlines.edition.number,
      unit,
      told: resumed?.told ?? [],
      ...(next ? { escalates: next.at } : {}),
      ...(paused ? { paused } : {}),
    },
  };
}
