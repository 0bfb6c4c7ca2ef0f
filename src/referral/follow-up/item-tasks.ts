import type { Task } from '@medplum/fhirtypes';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import { isTaskOf } from '../vocabulary.js';

/** Most dated points of one plan. */
const MOST_ITEMS = 100;

/** A dated point of a plan, as read. */
export interface ItemTask {
  readonly stored: FoundResource;
  readonly task: Task & { readonly id: string };
}

/** True while nobody has said what became of a point. */
export const isOpenItem = ({ status }: Pick<Task, 'status'>): boolean => status === 'ready' || status === 'in-progress';

/** Dated points of a follow-up Task, by their day. */
export async function itemTasks(store: Pick<Store, 'find'>, followUp: string): Promise<readonly ItemTask[]> {
  const found = await store.find('Task', { 's.ref': `part-of~Task/${followUp}` }, { limit: MOST_ITEMS });
  return found
    .map((stored) => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
    .filter(({ task }) => isTaskOf(task, 'follow-up-item'))
    .sort((a, b) => (dueOf(a.task) < dueOf(b.task) ? -1 : 1));
}

/** Day on which a point is due, `YYYY-MM-DD`. */
export const dueOf = ({ restriction }: Pick<Task, 'restriction'>): string =>
  restriction?.period?.end?.slice(0, 10) ?? '';

/** The same point with what became of it: done, or why not. */
export function itemWithResult(task: Task, result: { done: boolean; reason?: string | undefined }, now: Date): Task {
  const { statusReason: _before, ...rest } = task;
  return {
    ...rest,
    status: result.done ? 'completed' : 'failed',
    lastModified: now.toISOString(),
    executionPeriod: { ...task.executionPeriod, end: now.toISOString() },
    ...(result.done ? {} : { statusReason: { text: result.reason ?? '' } }),
  };
}
