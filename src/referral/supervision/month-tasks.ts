import type { Task } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Store } from '../../store/store.js';
import { changedTasks, NEWEST_CHANGES } from '../directory/measured-facts.js';
import type { MonthTasks } from './count-month.js';
import type { LocalMonth } from './local-month.js';

/** Tasks of one facility and side; the largest hospital has fewer in a year. */
const MOST_TASKS = 20_000;

async function tasks(
  store: Pick<Store, 'find'>,
  side: 'owner' | 'requester',
  facility: string,
  { start }: LocalMonth,
): Promise<readonly Task[]> {
  const how = { limit: MOST_TASKS, sort: NEWEST_CHANGES, hint: 'ref' };
  const found = await store.find('Task', changedTasks(side, facility, start), how);
  if (found.length === MOST_TASKS) throw fault('too-costly', { advice: `month (> ${MOST_TASKS} Task)` });
  return found.map((stored) => resourceOf<Task>(stored));
}

/**
 * What a facility (Organization id) sent and received in a month: what happened in it has changed since it began, so that
 * the reference index of Task gives it from the newest change back.
 */
export async function monthTasks(store: Pick<Store, 'find'>, facility: string, month: LocalMonth): Promise<MonthTasks> {
  const [sent, received] = await Promise.all([
    tasks(store, 'requester', facility, month),
    tasks(store, 'owner', facility, month),
  ]);
  return { sent, received };
}
