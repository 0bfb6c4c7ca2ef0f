import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { advance } from './advance.js';
import { endInformation } from './end-information.js';
import { endedOrder } from './ended-order.js';
import { appointmentReason, endVisits } from './end-visits.js';
import type { Move, MoveEffect } from './move-operation.js';
import { lastOutput } from './task-io.js';

/** Somebody who never had a date cannot have failed to come. */
const leftStatus = (task: Task): Task['status'] =>
  lastOutput(task, 'appointment') === undefined ? 'cancelled' : 'failed';

/**
 * Ends a referral that waits, without care: its appointment and the visit in view go, what was asked from the origin ends,
 * order and leg say why. `Task.status` is `failed`, or `cancelled` when there never was an appointment.
 */
export async function endWaiting(
  move: Move,
  reason: CodeableConcept,
  appointment: Parameters<typeof appointmentReason>[0],
): Promise<MoveEffect> {
  const { task } = move.referral.leg;
  await endVisits(move, appointmentReason(appointment));
  await endInformation(move, 'cancelled', reason);
  const ended = advance(move, {
    reason,
    ...(move.edge.to === 'left-list' ? { status: leftStatus(task) } : {}),
  });
  return { task: ended, referral: endedOrder(move.referral.resource, ended.statusReason ?? reason) };
}
