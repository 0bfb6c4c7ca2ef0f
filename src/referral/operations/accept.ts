import type { Annotation, Task } from '@medplum/fhirtypes';
import type { Priority } from '../clocks.js';
import { advance } from '../advance.js';
import { type AskedMove } from '../ask-move.js';
import { moveOperation } from '../move-operation.js';
import { withOutput } from '../task-io.js';

const priorityIn = ({ values }: AskedMove): Priority => values.code('priority') as Priority;

const changesPriority = (asked: AskedMove): boolean =>
  priorityIn(asked) !== (asked.referral.leg?.task.priority ?? 'routine');

/** `Task/$accept`: triage takes the referral, confirms or changes its priority, and says how and where it is attended. */
export const accept = moveOperation({
  move: 'accept',
  purpose:
    'Triaje acepta la referencia: confirma la prioridad (si la cambia, dice por qué), la modalidad y el servicio.',
  check: (asked) =>
    asked.values.has('priority') && changesPriority(asked) && !asked.values.text('priorityReason')
      ? [
          {
            code: 'field-missing',
            params: { operation: '$accept', field: 'priorityReason' },
            expression: 'priorityReason',
          },
        ]
      : [],
  apply: (move) => {
    const { task } = move.referral.leg;
    const why = move.values.text('priorityReason');
    const note: Annotation = {
      ...(move.acting.who ? { authorReference: move.acting.practitioner ?? move.acting.onBehalfOf } : {}),
      time: move.now.toISOString(),
      text: why ?? '',
    };
    const changed: Task = {
      ...task,
      priority: priorityIn(move),
      ...(why === undefined ? {} : { note: [...(task.note ?? []), note] }),
    };
    const modality = withOutput(changed, 'modality', { valueCodeableConcept: move.values.concept('modality') });
    const service = move.values.reference('service');
    const accepted = withOutput(
      modality,
      'service',
      service ? { valueReference: service } : { valueCodeableConcept: move.values.concept('service') },
    );
    return { task: advance(move, { task: accepted }) };
  },
});
