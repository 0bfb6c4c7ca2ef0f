import type { Task } from '@medplum/fhirtypes';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import { isTaskOf, type TaskKind } from './vocabulary.js';

const OPEN: ReadonlySet<Task['status']> = new Set([
  'draft',
  'requested',
  'received',
  'accepted',
  'ready',
  'in-progress',
  'on-hold',
]);
const MOST_SIDE_TASKS = 50;

/** True while somebody still has to act on a side Task. */
export const isOpenTask = ({ status }: Pick<Task, 'status'>): boolean => OPEN.has(status);

/** The open side Task of a kind of a leg, for example the information asked from the origin. */
export async function openSideTask(
  store: Store,
  leg: Task & { id: string },
  kind: Exclude<TaskKind, 'fulfill'>,
): Promise<FoundResource | undefined> {
  const found = await store.find('Task', { 's.ref': `part-of~Task/${leg.id}` }, { limit: MOST_SIDE_TASKS });
  return found.find((stored) => {
    const task = resourceOf<Task>(stored);
    return isTaskOf(task, kind) && isOpenTask(task);
  });
}
