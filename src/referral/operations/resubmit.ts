import { advance } from '../advance.js';
import { moveOperation } from '../move-operation.js';
import { startNextLeg } from '../next-leg.js';

/** `Task/$resubmit`: after a rejection the origin sends the same referral again and says what changed. */
export const resubmit = moveOperation({
  move: 'resubmit',
  purpose: 'Después de un rechazo, el origen la vuelve a enviar al mismo destino y dice qué cambió.',
  apply: (move) => {
    const { referral, values, now } = move;
    const { task } = referral.leg;
    const note = { time: now.toISOString(), text: values.text('change') ?? '' };
    const ended = advance(move, { task: { ...task, note: [...(task.note ?? []), note] } });
    return startNextLeg(move, { destination: referral.sides.destination ?? '', ended });
  },
});
