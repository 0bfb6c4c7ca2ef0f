import { advance } from '../advance.js';
import { moveOperation } from '../move-operation.js';
import { addNotice } from '../notices/add-notice.js';
import { tooEarly } from '../too-early.js';

/**
 * `Task/$not-arrived`: a transfer is past its term and nobody has come. The destination goes on looking, with a term; the origin,
 * which knows the person and the ambulance, gets a task to find out what happened (LN23:2019 7.2.10). Whoever comes later is
 * received with `$arrive`.
 */
export const notArrived = moveOperation({
  move: 'not-arrived',
  purpose:
    'Pasó el plazo de llegada de un traslado y la persona no está: se anota el motivo, y el origen recibe el aviso de averiguar qué pasó.',
  check: ({ move, referral }) => tooEarly(move, referral.leg?.task.restriction?.period?.end, new Date()),
  apply: (move) => {
    const { builder, deadlines, referral } = move;
    const { origin, destination } = referral.sides;
    if (origin !== undefined)
      addNotice(builder, {
        deadlines,
        kind: 'not-arrived',
        about: [referral],
        to: origin,
        ...(destination === undefined ? {} : { from: destination }),
      });
    return { task: advance(move) };
  },
});
