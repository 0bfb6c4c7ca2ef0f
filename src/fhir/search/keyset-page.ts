import type { SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import type { Position } from './cursor.js';
import { every } from './filter.js';
import { afterPosition, positionOf } from './keyset.js';

/** Where a page starts: behind a row going on, or before a row going back. */
export interface PageStart {
  readonly direction: 'after' | 'before';
  readonly position: Position;
}

/** Rows of a page in the order of the search, and where the pages beside it start. */
export interface KeysetPage<T> {
  readonly rows: readonly T[];
  readonly next?: Position;
  readonly previous?: Position;
}

const reversed = (sort: SortSpec): SortSpec =>
  Object.fromEntries(Object.entries(sort).map(([field, direction]) => [field, direction === 1 ? -1 : 1]));

/** What to ask the database for a page: going back, the same order read from its end. */
export function pageRange(sort: SortSpec, filter: Filter, start?: PageStart): { filter: Filter; sort: SortSpec } {
  if (!start) return { filter, sort };
  const order = start.direction === 'after' ? sort : reversed(sort);
  return { filter: every([filter, afterPosition(order, start.position)]), sort: order };
}

/**
 * The page out of what {@link pageRange} found with one row more than wanted: that row tells whether there is more in the
 * direction of the walk. In the other direction lies the page that the caller comes from.
 */
export function toPage<T extends object>(
  sort: SortSpec,
  found: readonly T[],
  count: number,
  start?: PageStart,
): KeysetPage<T> {
  const back = start?.direction === 'before';
  const rows = found.slice(0, count);
  if (back) rows.reverse();
  const more = found.length > count;
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    ...(last && (back || more) ? { next: positionOf(sort, last) } : {}),
    ...(first && (back ? more : start !== undefined) ? { previous: positionOf(sort, first) } : {}),
  };
}
