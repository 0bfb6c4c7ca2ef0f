import type { Extension, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Position } from '../fhir/search/cursor.js';
import { every } from '../fhir/search/filter.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import { type ListOrder, strandsOf } from './list-order.js';
import { jumpsOf } from './queue.js';
import { waitingUntil } from './waiting-target.js';

/** Number of rows of a list up to a position: those of the pages before. */
export async function rowsBefore(
  store: Pick<Store, 'count'>,
  filter: Filter,
  order: ListOrder,
  after: Position | undefined,
): Promise<number> {
  if (!after) return 0;
  const rest = strandsOf(order, after, new Date()).flatMap((strand) =>
    strand.ranges.map((range) => every([filter, strand.filter, range.filter])),
  );
  const [all, ...later] = await Promise.all([
    store.count('Task', filter),
    ...rest.map((range) => store.count('Task', range)),
  ]);
  return all - later.reduce((sum, count) => sum + count, 0);
}

/** What the place of a row comes from, in the order in which it counts (referral-anchors 4.7). */
function placeExtension(task: Task, position: number, now: Date): Extension {
  const { priority = 'routine', authoredOn } = task;
  const jump = jumpsOf(task).at(-1)?.direction;
  const until = waitingUntil(task);
  return {
    url: extensionUrl('queue-place'),
    extension: [
      { url: 'position', valuePositiveInt: position },
      { url: 'priority', valueCode: priority },
      ...(jump === undefined || jump === 'normal' ? [] : [{ url: 'moved', valueCode: jump }]),
      ...(until
        ? [
            { url: 'overrun', valueBoolean: until <= now },
            { url: 'until', valueDateTime: until.toISOString() },
          ]
        : []),
      ...(authoredOn === undefined ? [] : [{ url: 'since', valueDateTime: authoredOn }]),
    ],
  };
}

/**
 * Place of each row of a page, counted from 1 over the whole list.
 * @param now moment by which the list goes
 */
export const queuePlaces = (
  rows: readonly FoundResource[],
  { before, now }: { readonly before: number; readonly now: Date },
): ReadonlyMap<FoundResource, Extension> =>
  new Map(rows.map((stored, index) => [stored, placeExtension(resourceOf<Task>(stored), before + index + 1, now)]));
