import { isRefusal } from '../../errors.js';
import { advance, explained } from '../advance.js';
import { destinationOf } from '../destination.js';
import { moveOperation } from '../move-operation.js';
import { startNextLeg } from '../next-leg.js';
import { redirectReturns } from '../redirect-returns.js';

/** `Task/$redirect`: the referral goes on to another facility with its number and its place in the queue. */
export const redirect = moveOperation({
  move: 'redirect',
  purpose: 'La referencia pasa a otro establecimiento y conserva su número, su fecha y su lugar en la fila.',
  check: async (asked) => (await redirectReturns(asked)).filter(isRefusal),
  warn: redirectReturns,
  apply: async (move) => {
    const { context, referral, values } = move;
    const performer = values.reference('performer');
    const destination = await destinationOf(context, performer, referral.sides.origin, 'performer');
    const reason = explained(values.concept('reason'), values.text('comment'));
    const service = performer?.reference?.startsWith('HealthcareService/') ? { service: performer } : {};
    return startNextLeg(move, { destination, ...service, ended: advance(move, { reason }) });
  },
});
