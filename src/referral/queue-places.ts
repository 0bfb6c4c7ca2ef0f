import type { Extension, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Position } from '../fhir/search/cursor.js';
import { every } from '../fhir/search/filter.js';
import { rangesAfter } from '../fhir/search/keyset.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import type { SortSpec, Store } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import { jumpsOf } from './queue.js';

/** Number of rows of a list up to a position: those of the pages before. */
export async function rowsBefore(
  store: Pick<Store, 'count'>,
  filter: Filter,
  order: SortSpec,
  after: Position | undefined,
): Promise<number> {
  if (!after) return 0;
  const [all, ...later] = await Promise.all([
    store.count('Task', filter),
    ...rangesAfter(order, after).map((range) => store.count('Task', every([filter, range.filter]))),
  ]);
  return all - later.reduce((sum, count) => sum + count, 0);
}

/** What the place of a row comes from, in the order in which it counts (referral-anchors 4.7). */
function placeExtension(task: Task, position: number): Extension {
  const { priority = 'routine', restriction, authoredOn } = task;
  const jump = jumpsOf(task).at(-1)?.direction;
  const due = restriction?.period?.end;
  return {
    url: extensionUrl('queue-place'),
    extension: [
      { url: 'position', valuePositiveInt: position },
      { url: 'priority', valueCode: priority },
      ...(jump === undefined || jump === 'normal' ? [] : [{ url: 'moved', valueCode: jump }]),
      ...(due === undefined ? [] : [{ url: 'due', valueDateTime: due }]),
      ...(authoredOn === undefined ? [] : [{ url: 'since', valueDateTime: authoredOn }]),
    ],
  };
}

/** Place of each row of a page, counted from 1 over the whole list. */
export const queuePlaces = (rows: readonly FoundResource[], before: number): ReadonlyMap<FoundResource, Extension> =>
  new Map(rows.map((stored, index) => [stored, placeExtension(resourceOf<Task>(stored), before + index + 1)]));
