import type { Task } from '@medplum/fhirtypes';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Leg } from '../load-referral.js';
import type { Move } from '../move-operation.js';
import { isOpenTask } from '../side-tasks.js';
import { isTaskOf, type NoticeKind } from '../vocabulary.js';
import { seenTo } from './see-to-notice.js';

/** Tasks that are based on one referral; a few are usual. */
const MOST_TASKS = 200;

/**
 * Ends the open notices of a kind about a referral, because the move itself answers them: nobody looks for what was found.
 * @param found what happened, in words
 */
export async function answerNotices(
  { builder, context, referral }: Move,
  kind: NoticeKind,
  found: string,
): Promise<void> {
  const based = { 's.ref': `based-on~ServiceRequest/${referral.resource.id}` };
  const rows = await context.store.find('Task', based, { limit: MOST_TASKS });
  const notices = rows
    .map((stored): Leg => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
    .filter(({ task }) => isTaskOf(task, kind) && isOpenTask(task));
  for (const { stored, task } of notices) builder.update(stored, seenTo(task, { found, now: builder.now }));
}
