import type { Task, TaskOutput } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { advance } from '../advance.js';
import type { FieldValues } from '../field-values.js';
import { isOpenItem, itemTasks, itemWithResult } from '../follow-up/item-tasks.js';
import { type Move, moveOperation } from '../move-operation.js';
import { openSideTask } from '../side-tasks.js';
import { ioType } from '../vocabulary.js';

/** An item of the plan: done, or why not. */
const itemOutput = (item: FieldValues): TaskOutput => ({
  type: { ...ioType('plan-item'), text: item.text('text') },
  ...(item.boolean('done') === true ? { valueBoolean: true } : { valueString: item.text('reason') }),
});

const unexplained = (item: FieldValues): Finding[] =>
  item.boolean('done') === false && !item.has('reason')
    ? [{ code: 'field-missing', params: { operation: '$close', field: 'item.reason' }, expression: 'item.reason' }]
    : [];

/** Dated points that are still open: as the closing says, by their words; what it does not name ends with the referral. */
async function closeItems({ builder, context, now, values }: Move, followUp: string): Promise<void> {
  const told = new Map(values.parts('item').map((item) => [item.text('text'), item]));
  for (const { stored, task } of await itemTasks(context.store, followUp)) {
    if (!isOpenItem(task)) continue;
    const item = told.get(task.description);
    const text = 'La referencia se cerró. / The referral was closed.';
    builder.update(
      stored,
      item
        ? itemWithResult(task, { done: item.boolean('done') === true, reason: item.text('reason') }, now)
        : { ...task, status: 'cancelled', statusReason: { text }, lastModified: now.toISOString() },
    );
  }
}

async function completeFollowUp(move: Move): Promise<void> {
  const { builder, context, now, referral, values } = move;
  const open = await openSideTask(context.store, referral.leg.task, 'follow-up');
  if (!open) return;
  await closeItems(move, open._id);
  const outcome: TaskOutput = { type: ioType('outcome'), valueCodeableConcept: values.concept('outcome') };
  builder.update(open, {
    ...resourceOf<Task>(open),
    status: 'completed',
    lastModified: now.toISOString(),
    output: [outcome, ...values.parts('item').map(itemOutput)],
  });
}

/** `ServiceRequest/$close`: the origin ends the loop with an outcome and says what of the plan was done. */
export const close = moveOperation({
  move: 'close',
  purpose: 'El origen cierra la referencia con su desenlace y dice qué del plan se cumplió, o por qué no.',
  check: ({ values }) => values.parts('item').flatMap(unexplained),
  apply: async (move) => {
    await completeFollowUp(move);
    return { task: advance(move) };
  },
});
