import type { Task } from '@medplum/fhirtypes';
import { advance, explained } from '../advance.js';
import { type Move, moveOperation } from '../move-operation.js';
import { withNextStep } from '../next-step.js';

const rejected = (move: Move): Task => {
  const { values } = move;
  const reason = explained(values.concept('reason'), values.text('comment'));
  return values.parts('nextStep').reduce(withNextStep, advance(move, { reason }));
};

/** `Task/$reject`: triage does not take the referral; never without a reason, words and a usable next step. */
export const reject = moveOperation({
  move: 'reject',
  purpose: 'Triaje no toma la referencia: motivo, comentario y al menos un paso siguiente para el origen.',
  apply: (move) => ({ task: rejected(move) }),
});
