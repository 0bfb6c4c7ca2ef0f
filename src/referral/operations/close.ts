import type { Task, TaskOutput } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { advance } from '../advance.js';
import type { AskedMove } from '../ask-move.js';
import type { FieldValues } from '../field-values.js';
import { dueOf, isOpenItem, itemTasks, itemWithResult } from '../follow-up/item-tasks.js';
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

/** Outcomes after which nobody can carry out the plan any more: what is open of it ends with the referral. */
const PLAN_ENDS: ReadonlySet<string | undefined> = new Set(['died', 'lost']);

/** No dated point of the plan may vanish: each that is open is named, as done or with the reason why not. */
async function untold({ context, referral, values }: AskedMove): Promise<Finding[]> {
  if (!referral.leg || PLAN_ENDS.has(values.code('outcome'))) return [];
  const followUp = await openSideTask(context.store, referral.leg.task, 'follow-up');
  if (!followUp) return [];
  const told = new Set(values.parts('item').map((item) => item.text('text')));
  const open = (await itemTasks(context.store, followUp._id)).filter(
    ({ task }) => isOpenItem(task) && !told.has(task.description),
  );
  if (open.length === 0) return [];
  const names = open.map(({ task }) => `«${task.description ?? ''}» (${dueOf(task)})`).join('; ');
  const params = {
    es: `Quedan puntos del plan con fecha sin contestar: ${names}. Diga de cada uno, en «item» y con sus palabras, si se hizo o por qué no.`,
    en: `Dated points of the plan are still open: ${names}. Say of each, in "item" and by its words, whether it was done or why not.`,
  };
  return [{ code: 'rule-broken', params, expression: 'item' }];
}

/** Dated points that are still open: as the closing says, by their words; what an ended plan leaves ends with the referral. */
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

/**
 * `ServiceRequest/$close`: the origin ends the loop with an outcome and says what of the plan was done. 422 names the dated
 * points that it leaves open, unless the person died or was lost.
 */
export const close = moveOperation({
  move: 'close',
  purpose: 'El origen cierra la referencia con su desenlace y dice qué del plan se cumplió, o por qué no.',
  check: async (asked) => [...asked.values.parts('item').flatMap(unexplained), ...(await untold(asked))],
  apply: async (move) => {
    await completeFollowUp(move);
    return { task: advance(move) };
  },
});
