import type { Task } from '@medplum/fhirtypes';
import { advance, explained } from '../advance.js';
import { conceptIn, type FieldValues } from '../field-values.js';
import { type Move, moveOperation } from '../move-operation.js';
import { withOutput } from '../task-io.js';

/** What the origin can do next, each piece one output of the leg: advice in words, another service, missing data. */
function withNextStep(task: Task, step: FieldValues): Task {
  const pieces = ['advice', 'service', 'missing'].flatMap((name) => step.all(name));
  return pieces.reduce<Task>((result, piece) => {
    if (piece.name === 'missing')
      return withOutput(
        result,
        'requested-item',
        piece.valueString === undefined
          ? { valueCodeableConcept: conceptIn(piece) }
          : { valueString: piece.valueString },
      );
    if (piece.valueReference) return withOutput(result, 'next-step', { valueReference: piece.valueReference });
    if (piece.valueString !== undefined) return withOutput(result, 'next-step', { valueString: piece.valueString });
    return withOutput(result, 'next-step', { valueCodeableConcept: conceptIn(piece) });
  }, task);
}

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
