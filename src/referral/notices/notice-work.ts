import type { Task } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import type { Work } from '../../store/envelope.js';
import { watchOf } from '../leg-clock.js';
import { isOpenTask } from '../side-tasks.js';

/** What stands as `w.state` of a notice: it is work of a facility, and no state of a referral. */
export const NOTICE_STATE = 'notice';

/** Work scalars of a notice: its facility must act as long as nobody has said what came of it; undefined after that. */
export function noticeWork(task: Task): Work | undefined {
  const owner = localTarget(task.owner?.reference ?? '');
  if (!isOpenTask(task) || owner?.type !== 'Organization') return undefined;
  const [since, due] = [task.authoredOn, task.restriction?.period?.end].map((text) => new Date(text ?? ''));
  return {
    owner: owner.id,
    state: NOTICE_STATE,
    priority: task.priority ?? 'routine',
    place: '1',
    ...(due && !Number.isNaN(due.getTime()) ? { due } : {}),
    ...(since && !Number.isNaN(since.getTime()) ? { since } : {}),
    ...watchOf(task),
  };
}
