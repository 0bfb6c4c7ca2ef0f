import type { Task, TaskOutput } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { advance } from '../advance.js';
import type { FieldValues } from '../field-values.js';
import { moveOperation } from '../move-operation.js';
import { openSideTask } from '../side-tasks.js';
import { ioType } from '../vocabulary.js';

/** An answered item: marked as provided, with the item's own code or words, and the value as given. */
function provided(answer: FieldValues): TaskOutput {
  const item = answer.concept('item');
  const { name: _name, ...value } = answer.all('value')[0] ?? { name: '' };
  return {
    type: {
      coding: [...(ioType('provided-item').coding ?? []), ...(item?.coding ?? [])],
      ...(item?.text === undefined ? {} : { text: item.text }),
    },
    ...value,
  };
}

/** `Task/$provide-info`: the origin gives what was asked; the referral goes back to triage. */
export const provideInfo = moveOperation({
  move: 'provide-info',
  purpose: 'El origen entrega los datos que le pidieron y la referencia vuelve a triaje.',
  apply: async (move) => {
    const open = await openSideTask(move.context.store, move.referral.leg.task, 'provide-information');
    if (!open) throw fault('not-found', { type: 'Task', id: 'provide-information' });
    const child = resourceOf<Task>(open);
    move.builder.update(open, {
      ...child,
      status: 'completed',
      lastModified: move.now.toISOString(),
      output: move.values.parts('answer').map(provided),
    });
    return { task: advance(move) };
  },
});
