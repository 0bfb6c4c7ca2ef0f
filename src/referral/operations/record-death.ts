import type { Finding } from '../../errors.js';
import type { AskedMove } from '../ask-move.js';
import { endWaiting } from '../end-waiting.js';
import { moveOperation } from '../move-operation.js';
import { addNotice } from '../notices/add-notice.js';

const otherCause = ({ values }: AskedMove): Finding[] =>
  values.has('reason') && values.code('reason') !== 'died'
    ? [
        {
          code: 'rule-broken',
          params: { es: 'La causa de egreso debe ser «died».', en: 'The exit cause must be "died".' },
          expression: 'reason',
        },
      ]
    : [];

/**
 * `ServiceRequest/$record-death`: the origin knows that the person died while waiting. The list is left, the appointment
 * cancelled, the destination told; nothing is written about the person. Where the record itself says so, every referral of
 * the person follows by itself (`followDeath`).
 */
export const recordDeath = moveOperation({
  move: 'record-death',
  purpose: 'El origen informa que la persona falleció mientras esperaba: sale de la lista y la cita se cancela.',
  check: otherCause,
  apply: async (move) => {
    const { builder, referral, values } = move;
    const effect = await endWaiting(move, values.concept('reason') ?? {}, 'patient-deceased');
    const { destination, origin } = referral.sides;
    if (destination !== undefined)
      addNotice(builder, {
        deadlines: move.deadlines,
        kind: 'death-notice',
        about: [referral],
        to: destination,
        ...(origin === undefined ? {} : { from: origin }),
      });
    return effect;
  },
});
