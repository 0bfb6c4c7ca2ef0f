import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import type { Deadlines } from './deadlines/deadlines.js';
import { withClock } from './leg-clock.js';
import { runClock } from './run-clock.js';
import { type ReferralState, stateRow } from './states.js';
import { stateConcept } from './vocabulary.js';
import { withWaiting } from './waiting-target.js';

/** Task statuses that must say why (invariant of the guide: statusReason with text). */
const EXPLAINED: ReadonlySet<Task['status']> = new Set(['rejected', 'cancelled', 'on-hold', 'failed']);
/** States of other statuses that say why as well: what the origin asks, and what should never have been. */
const ALSO_EXPLAINED: ReadonlySet<ReferralState> = new Set(['cancel-requested', 'error']);

export interface StateChange {
  readonly state: ReferralState;
  readonly now: Date;
  /** Terms in force. */
  readonly deadlines: Deadlines;
  /** Date by which somebody must act; the state's own clock when absent. */
  readonly due?: string;
  readonly reason?: CodeableConcept;
  /** One of the statuses that go with the state; the usual one when absent. */
  readonly status?: Task['status'];
}

const withText = (reason: CodeableConcept): CodeableConcept => ({
  ...reason,
  text: reason.text ?? reason.coding?.[0]?.display ?? reason.coding?.[0]?.code ?? '',
});

/**
 * The same Task in another state: status pair, reason, clock and `lastModified` together, so that no two of them
 * can disagree. `restriction.period` is the running clock as everybody sees it; the rest of it is the extension `clock`.
 * Beside it runs the whole waiting (`waiting`). A state without a clock keeps the last due date (the element is required).
 */
export function setState(task: Task, change: StateChange): Task {
  const { state, now, reason, status: wanted } = change;
  const { task: statuses } = stateRow(state);
  const status = statuses.find((one) => one === wanted) ?? statuses[0];
  if (!status) throw new TypeError(`state ${state} has no Task`);
  const { period, clock } = runClock(task, change);
  const { statusReason, ...rest } = withClock(task, clock);
  const why = reason ?? (task.status === status ? statusReason : undefined);
  const changed: Task = {
    ...rest,
    status,
    ...(why && (EXPLAINED.has(status) || ALSO_EXPLAINED.has(state)) ? { statusReason: withText(why) } : {}),
    businessStatus: stateConcept(state),
    lastModified: now.toISOString(),
    restriction: { ...task.restriction, period },
  };
  return withWaiting(task, changed, change);
}
