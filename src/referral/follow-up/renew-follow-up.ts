import type { Task } from '@medplum/fhirtypes';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Move } from '../move-operation.js';
import { type FollowUpScene, followUpTask } from './follow-up-tasks.js';
import { isOpenItem, itemTasks } from './item-tasks.js';
import type { PlanItem } from './plan-items.js';

const AMENDED = 'La respuesta se corrigió: vale el plan nuevo. / The answer was amended: its new plan counts.';

/**
 * A follow-up that went on while the answer was amended: the plan of the new answer takes the place of the old one, and the
 * dated points that nobody had told of end. Returns the follow-up's id.
 * @param undated points of the new plan that have no day
 */
export async function renewFollowUp(
  { builder, context, now }: Move,
  open: FoundResource,
  scene: FollowUpScene,
  undated: readonly PlanItem[],
): Promise<string> {
  const { input: _old, ...rest } = resourceOf<Task>(open);
  const { focus, input, restriction } = followUpTask(scene, undated);
  builder.update(open, {
    ...rest,
    ...(focus ? { focus } : {}),
    ...(restriction ? { restriction } : {}),
    lastModified: now.toISOString(),
    ...(input ? { input } : {}),
  });
  for (const { stored, task } of await itemTasks(context.store, open._id))
    if (isOpenItem(task))
      builder.update(stored, {
        ...task,
        status: 'cancelled',
        statusReason: { text: AMENDED },
        lastModified: now.toISOString(),
      });
  return open._id;
}
