import type { Task } from '@medplum/fhirtypes';
import { conceptIn, type FieldValues } from './field-values.js';
import { withOutput } from './task-io.js';

/** What the origin can do next, each piece one output of the leg: advice in words, another service, missing data. */
export function withNextStep(task: Task, step: FieldValues): Task {
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
