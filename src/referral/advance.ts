import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import type { Move } from './move-operation.js';
import { setState } from './set-state.js';

/** The leg of a move in its new state: that of the edge, or the one in which an ended leg stays behind. */
export function advance(
  move: Move,
  options: { due?: string; reason?: CodeableConcept; status?: Task['status']; task?: Task } = {},
): Task {
  const { due, reason, status, task = move.referral.leg.task } = options;
  return setState(task, {
    state: move.edge.oldLeg ?? move.edge.to,
    now: move.now,
    deadlines: move.deadlines,
    ...(due === undefined ? {} : { due }),
    ...(reason ? { reason } : {}),
    ...(status ? { status } : {}),
  });
}

/** A reason with the words of the person who gave it. */
export const explained = (reason: CodeableConcept | undefined, comment: string | undefined): CodeableConcept => ({
  ...reason,
  ...(comment === undefined ? {} : { text: comment }),
});
