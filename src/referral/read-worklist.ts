import type { Position } from '../fhir/search/cursor.js';
import { every } from '../fhir/search/filter.js';
import type { KeysetPage } from '../fhir/search/keyset-page.js';
import { positionOf, rangesAfter } from '../fhir/search/keyset.js';
import type { FoundResource } from '../store/envelope.js';
import type { SortSpec, Store } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';

/**
 * One page of a list of work in its order, by keyset: rows that leave the list or join it move no other row between
 * pages.
 * @param filter of the list (`worklistFilter`); `type` of what stands on it, `hint` names its index, `order` is that of the list
 * @param after end of the page before; undefined for the first
 */
export async function readWorklist(
  store: Pick<Store, 'find'>,
  filter: Filter,
  options: { type: string; order: SortSpec; hint: string; count: number; after?: Position; signal?: AbortSignal },
): Promise<KeysetPage<FoundResource>> {
  const { type, order, hint, count, after, signal } = options;
  const found: FoundResource[] = [];
  for (const range of after ? rangesAfter(order, after) : [{ filter: {}, sort: order }]) {
    // One row more than asked for tells whether there is a next page.
    const limit = count + 1 - found.length;
    if (limit === 0) break;
    const how = { sort: range.sort, limit, hint, ...(signal ? { signal } : {}) };
    found.push(...(await store.find(type, every([filter, range.filter]), how)));
  }
  const rows = found.slice(0, count);
  const last = found.length > count ? rows.at(-1) : undefined;
  return { rows, ...(last ? { next: positionOf(order, last) } : {}) };
}
