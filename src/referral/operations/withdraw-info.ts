import { advance } from '../advance.js';
import { endInformation } from '../end-information.js';
import { moveOperation } from '../move-operation.js';

/**
 * `Task/$withdraw-info`: triage does not need what it asked for any more, before the origin's term has run out; the question ends
 * and the triage clock goes on with what was left of it.
 */
export const withdrawInfo = moveOperation({
  move: 'withdraw-info',
  purpose:
    'Triaje retira lo que pidió al origen, porque ya no lo necesita o ya lo tiene; la referencia vuelve a triaje con lo que quedaba del plazo.',
  apply: async (move) => {
    await endInformation(move, 'cancelled', move.values.concept('reason') ?? {});
    return { task: advance(move) };
  },
});
