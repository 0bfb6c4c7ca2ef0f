import type { Position } from '../fhir/search/cursor.js';
import { every } from '../fhir/search/filter.js';
import type { KeysetPage } from '../fhir/search/keyset-page.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import { compareGroups, type ListOrder, type Strand, strandsOf } from './list-order.js';

/** What a page of a list is read by. */
export interface WorklistReading {
  /** Type of what stands on the list. */
  readonly type: string;
  /** Order of the list; `hint` names its index. */
  readonly order: ListOrder;
  readonly hint: string;
  readonly count: number;
  /** Moment by which the first page goes. */
  readonly now: Date;
  /** End of the page before; undefined for the first. */
  readonly after?: Position;
  readonly signal?: AbortSignal;
}

/** A row with the position behind which the next page starts. */
interface Placed {
  readonly row: FoundResource;
  readonly strand: Strand;
}

async function readStrand(
  store: Pick<Store, 'find'>,
  filter: Filter,
  strand: Strand,
  { type, hint, count, signal }: WorklistReading,
): Promise<readonly Placed[]> {
  const found: FoundResource[] = [];
  for (const range of strand.ranges) {
    // One row more than asked for tells whether there is a next page.
    const limit = count + 1 - found.length;
    if (limit === 0) break;
    const how = { sort: range.sort, limit, hint, ...(signal ? { signal } : {}) };
    found.push(...(await store.find(type, every([filter, strand.filter, range.filter]), how)));
  }
  return found.map((row) => ({ row, strand }));
}

/** Two strands in one order; each is in its own order already. */
function merge(order: ListOrder, first: readonly Placed[], second: readonly Placed[]): readonly Placed[] {
  const all: Placed[] = [];
  let at = 0;
  for (const one of first) {
    for (let other = second[at]; other && compareGroups(order, other.row, one.row) < 0; other = second[at]) {
      all.push(other);
      at += 1;
    }
    all.push(one);
  }
  return [...all, ...second.slice(at)];
}

/**
 * One page of a list of work in its order, by keyset: rows that leave the list or join it move no other row between
 * pages.
 * @param filter of the list (`worklistFilter`)
 */
export async function readWorklist(
  store: Pick<Store, 'find'>,
  filter: Filter,
  reading: WorklistReading,
): Promise<KeysetPage<FoundResource>> {
  const { order, count, after, now } = reading;
  const strands = await Promise.all(
    strandsOf(order, after, now).map((strand) => readStrand(store, filter, strand, reading)),
  );
  const found = strands.reduce((one, other) => merge(order, one, other));
  const rows = found.slice(0, count);
  const last = found.length > count ? rows.at(-1) : undefined;
  return { rows: rows.map(({ row }) => row), ...(last ? { next: last.strand.position(last.row) } : {}) };
}
