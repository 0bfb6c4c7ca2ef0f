import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { dueAt } from './clocks.js';
import { type ReferralState, stateRow } from './states.js';
import { stateConcept } from './vocabulary.js';

/** Task statuses that must say why (invariant of the guide: statusReason with text). */
const EXPLAINED: ReadonlySet<Task['status']> = new Set(['rejected', 'cancelled', 'on-hold', 'failed']);
/** States of other statuses that say why as well: what the origin asks, and what should never have been. */
const ALSO_EXPLAINED: ReadonlySet<ReferralState> = new Set(['cancel-requested', 'error']);

export interface StateChange {
  readonly state: ReferralState;
  readonly now: Date;
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
 * can disagree. A state without a clock keeps the last due date (the element is required).
 */
export function setState(task: Task, { state, now, due, reason, status: wanted }: StateChange): Task {
  const row = stateRow(state);
  const status = row.task.find((one) => one === wanted) ?? row.task[0];
  if (!status) throw new TypeError(`state ${state} has no Task`);
  const { statusReason, ...rest } = task;
  const start = now.toISOString();
  const end = due ?? (row.clock ? dueAt(row.clock, task.priority ?? 'routine', now).toISOString() : undefined);
  const why = reason ?? (task.status === status ? statusReason : undefined);
  return {
    ...rest,
    status,
    ...(why && (EXPLAINED.has(status) || ALSO_EXPLAINED.has(state)) ? { statusReason: withText(why) } : {}),
    businessStatus: stateConcept(state),
    lastModified: start,
    restriction: {
      ...task.restriction,
      period: end ? { start, end } : (task.restriction?.period ?? { start, end: start }),
    },
  };
}
