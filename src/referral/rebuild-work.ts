import type { Appointment, Task } from '@medplum/fhirtypes';
import { resourceOf } from '../fhir/stored-resource.js';
import type { RebuildWork } from '../store/migrations/migration.js';
import type { Store } from '../store/store.js';
import { lastOutput } from './task-io.js';
import { workOf } from './work-scalars.js';

const BATCH = 200;

/** Start of each appointment in force that the legs name, by `Appointment/id`. */
async function startsOf(store: Store, tasks: readonly Task[]): Promise<ReadonlyMap<string, string>> {
  const ids = tasks.flatMap((task) => lastOutput(task, 'appointment')?.replace(/^Appointment\//, '') ?? []);
  const found = ids.length === 0 ? [] : await store.readMany('Appointment', [...new Set(ids)]);
  return new Map(
    found
      .filter(({ del }) => !del)
      .flatMap((stored) => {
        const { start } = resourceOf<Appointment>(stored);
        return start === undefined ? [] : [[`Appointment/${stored._id}`, start] as const];
      }),
  );
}

/**
 * Computes the work scalars of all legs anew, in the order of their ids, in batches. Versions, times and texts stay; a leg
 * that is written meanwhile keeps what its writer gave it. Legs of earlier releases do not say the start of their
 * appointment: it is looked up.
 * @param onProgress called, and waited for, after each batch: what it saves is where the next run goes on
 * @throws the reason of the signal when it is aborted
 */
export async function rebuildWork(
  store: Store,
  ...[onProgress, { after, signal }]: Parameters<RebuildWork>
): Promise<number> {
  let done = 0;
  for (let last = after; ;) {
    signal?.throwIfAborted();
    const filter = { w: { $exists: true }, ...(last === undefined ? {} : { _id: { $gt: last } }) };
    const rows = await store.find('Task', filter, { sort: { _id: 1 }, limit: BATCH });
    const tasks = rows.map((stored) => resourceOf<Task>(stored));
    const starts = await startsOf(store, tasks);
    const rebuilt = rows.flatMap(({ _id, vid }, index) => {
      const task = tasks[index];
      const w = task && workOf(task, starts.get(lastOutput(task, 'appointment') ?? ''));
      return w ? [{ _id, vid, w }] : [];
    });
    await store.replaceSearchValues('Task', rebuilt);
    const end = rows.at(-1)?._id;
    if (end === undefined) return done;
    last = end;
    done += rows.length;
    await onProgress({ done, after: end });
  }
}
