import type { Composition } from '@medplum/fhirtypes';
import { advance } from '../advance.js';
import { endOfDay, followUpItemTask, followUpTask } from '../follow-up/follow-up-tasks.js';
import { type PlanItem, planItems } from '../follow-up/plan-items.js';
import { renewFollowUp } from '../follow-up/renew-follow-up.js';
import { moveOperation } from '../move-operation.js';
import { clockOf } from '../run-clock.js';
import { openSideTask } from '../side-tasks.js';
import { lastOutput, readLinked } from '../task-io.js';

const isDated = (item: PlanItem): item is PlanItem & { due: string } => item.due !== undefined;

/**
 * `Task/$acknowledge`: the origin has read the answer; its plan becomes work of the origin: one follow-up Task with what
 * has no day, and one Task for each dated point, part of it. The referral is due when the first point is. After an amended
 * answer the follow-up that was open goes on with the new plan.
 */
export const acknowledge = moveOperation({
  move: 'acknowledge',
  purpose: 'El origen acusa recibo de la respuesta; el plan queda como tarea de seguimiento suya.',
  apply: async (move) => {
    const { builder, context, deadlines, now, referral } = move;
    const { task: leg } = referral.leg;
    const answer = lastOutput(leg, 'respuesta');
    const items = await planItems(context, (await readLinked<Composition>(context, answer))?.resource);
    const dated = items.filter(isDated);
    const undated = items.filter((item) => !isDated(item));
    const usual = deadlines.dueAt(clockOf(leg, 'follow-up'), now).toISOString();
    const [first = usual] = dated.map(({ due }) => endOfDay(due)).sort();
    // A day that has passed already, in an answer that lay unread: it is due now.
    const soonest = [now.toISOString(), first].sort().at(-1) ?? first;
    const task = advance(move, { due: soonest < usual ? soonest : usual });
    const scene = { leg: { ...task, id: leg.id }, answer, now };
    const open = await openSideTask(context.store, leg, 'follow-up');
    const parent = open
      ? await renewFollowUp(move, open, scene, undated)
      : builder.create(followUpTask(scene, undated)).id;
    for (const item of dated) builder.create(followUpItemTask(scene, parent, item));
    return { task };
  },
});
