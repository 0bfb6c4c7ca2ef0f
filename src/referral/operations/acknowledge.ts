import type { Composition } from '@medplum/fhirtypes';
import { advance } from '../advance.js';
import { dueAt } from '../clocks.js';
import { endOfDay, followUpItemTask, followUpTask } from '../follow-up/follow-up-tasks.js';
import { type PlanItem, planItems } from '../follow-up/plan-items.js';
import { moveOperation } from '../move-operation.js';
import { lastOutput, readLinked } from '../task-io.js';

const isDated = (item: PlanItem): item is PlanItem & { due: string } => item.due !== undefined;

/**
 * `Task/$acknowledge`: the origin has read the answer; its plan becomes work of the origin: one follow-up Task with what
 * has no day, and one Task for each dated point, part of it. The referral is due when the first point is.
 */
export const acknowledge = moveOperation({
  move: 'acknowledge',
  purpose:
    'El origen acusa recibo de la respuesta; el plan queda como tarea de seguimiento suya, y cada punto con fecha aparte.',
  apply: async (move) => {
    const { builder, context, now, referral } = move;
    const answer = lastOutput(referral.leg.task, 'respuesta');
    const items = await planItems(context, (await readLinked<Composition>(context, answer))?.resource);
    const dated = items.filter(isDated);
    const usual = dueAt('follow-up', referral.leg.task.priority ?? 'routine', now).toISOString();
    const [first = usual] = dated.map(({ due }) => endOfDay(due)).sort();
    const task = advance(move, { due: first < usual ? first : usual });
    const scene = { leg: { ...task, id: referral.leg.task.id }, answer, now };
    const parent = builder.create(
      followUpTask(
        scene,
        items.filter((item) => !isDated(item)),
      ),
    );
    for (const item of dated) builder.create(followUpItemTask(scene, parent.id, item));
    return { task };
  },
});
