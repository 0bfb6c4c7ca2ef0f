import type { Composition, Task, TaskInput } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { advance } from '../advance.js';
import { type Move, moveOperation } from '../move-operation.js';
import { narrativeLines } from '../narrative-text.js';
import { openSideTask } from '../side-tasks.js';
import { lastOutput, readLinked } from '../task-io.js';
import { hasCoding, ioType, PROFILES, TASK_CODES } from '../vocabulary.js';

/** Items of the answer's plan for the origin: the things it lists, else the lines of its text. */
function planItems(answer: Composition | undefined): TaskInput[] {
  const plan = answer?.section?.find(({ code }) => hasCoding(code, codeSystemUrl('respuesta-section'), 'plan'));
  const type = ioType('plan-item');
  const listed = (plan?.entry ?? []).map((valueReference) => ({ type, valueReference }));
  if (listed.length > 0) return listed;
  return narrativeLines(plan?.text?.div).map((valueString) => ({ type, valueString }));
}

/** Task of the origin: carry out the plan of the answer and close with an outcome. */
function followUpTask(move: Move, leg: Task, input: TaskInput[]): Task {
  return {
    resourceType: 'Task',
    meta: { profile: [PROFILES.followUp] },
    basedOn: leg.basedOn,
    groupIdentifier: leg.groupIdentifier,
    partOf: [{ reference: `Task/${move.referral.leg.task.id}` }],
    status: 'ready',
    intent: 'order',
    priority: leg.priority,
    code: TASK_CODES['follow-up'],
    focus: { reference: lastOutput(leg, 'respuesta') },
    for: leg.for,
    authoredOn: move.now.toISOString(),
    lastModified: move.now.toISOString(),
    requester: leg.owner as Task['requester'],
    owner: leg.requester,
    restriction: leg.restriction,
    ...(input.length > 0 ? { input } : {}),
  };
}

/** A follow-up that went on while the answer was amended: the plan of the new answer takes the place of the old one. */
function renewed(before: Task, leg: Task, input: TaskInput[], now: Date): Task {
  const { input: _old, ...rest } = before;
  return {
    ...rest,
    focus: { reference: lastOutput(leg, 'respuesta') },
    lastModified: now.toISOString(),
    restriction: leg.restriction,
    ...(input.length > 0 ? { input } : {}),
  };
}

/** `Task/$acknowledge`: the origin has read the answer; its plan becomes a task of the origin. */
export const acknowledge = moveOperation({
  move: 'acknowledge',
  purpose: 'El origen acusa recibo de la respuesta; el plan queda como tarea de seguimiento suya.',
  apply: async (move) => {
    const { builder, context, now, referral } = move;
    const task = advance(move);
    const answer = await readLinked<Composition>(context, lastOutput(task, 'respuesta'));
    const input = planItems(answer?.resource);
    const open = await openSideTask(context.store, referral.leg.task, 'follow-up');
    if (open) builder.update(open, renewed(resourceOf<Task>(open), task, input, now));
    else builder.create(followUpTask(move, task, input));
    return { task };
  },
});
