import type { Position } from '../fhir/search/cursor.js';
import { every } from '../fhir/search/filter.js';
import type { KeysetPage } from '../fhir/search/keyset-page.js';
import { positionOf, rangesAfter } from '../fhir/search/keyset.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import { WORK_ORDER } from './worklists.js';

/**
 * One page of a list of work in working order, by keyset: rows that leave the list or join it move no other row between
 * pages.
 * @param filter of the list (`worklistFilter`); `hint` names its index
 * @param after end of the page before; undefined for the first
 */
export async function readWorklist(
  store: Pick<Store, 'find'>,
  filter: Filter,
  options: { hint: string; count: number; after?: Position; signal?: AbortSignal },
): Promise<KeysetPage<FoundResource>> {
  const { hint, count, after, signal } = options;
  const found: FoundResource[] = [];
  for (const range of after ? rangesAfter(WORK_ORDER, after) : [{ filter: {}, sort: WORK_ORDER }]) {
    // One row more than asked for tells whether there is a next page.
    const limit = count + 1 - found.length;
    if (limit === 0) break;
    const how = { sort: range.sort, limit, hint, ...(signal ? { signal } : {}) };
    found.push(...(await store.find('Task', every([filter, range.filter]), how)));
  }
  const rows = found.slice(0, count);
  const last = found.length > count ? rows.at(-1) : undefined;
  return { rows, ...(last ? { next: positionOf(WORK_ORDER, last) } : {}) };
}
