import { explained } from '../advance.js';
import { endWaiting } from '../end-waiting.js';
import { moveOperation } from '../move-operation.js';

/** `Task/$confirm-cancel`: the destination cancels as the origin asked; only while nobody attended the patient. */
export const confirmCancel = moveOperation({
  move: 'confirm-cancel',
  purpose: 'El destino confirma la anulación y cancela la cita; si ya hubo atención, debe responder.',
  apply: (move) => {
    const { referral, values } = move;
    // The reason is the one for which the origin asked.
    const reason = explained(referral.leg.task.statusReason, values.text('comment'));
    return endWaiting(move, reason, 'other-referral-ended');
  },
});
