import { endedOrder } from '../ended-order.js';
import { endWaiting } from '../end-waiting.js';
import { type DraftMove, moveOperation } from '../move-operation.js';

const reasonOf = ({ values }: DraftMove) => ({ text: values.text('reason') ?? '' });

/**
 * `ServiceRequest/$void`: the referral should never have been. Before care only; nothing is deleted, so that its versions and
 * its trail stay visible to auditors.
 */
export const voidReferral = moveOperation({
  move: 'void',
  purpose: 'El origen marca como error una referencia que no debió existir; queda visible para auditoría.',
  apply: (move) => endWaiting(move, reasonOf(move), 'other-referral-ended'),
  applyToDraft: (move) => endedOrder(move.referral.resource, reasonOf(move)),
});
