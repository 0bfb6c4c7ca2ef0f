import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundResource } from '../store/envelope.js';
import type { FindOptions } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import { evaluateFilter } from '../../test/support/evaluate-filter.js';
import { WAITING_STATES } from '../fhir/search/indexes.js';
import { QUEUE_STATES } from './queue.js';
import { type ListOrder, positionLength } from './list-order.js';
import { readWorklist } from './read-worklist.js';
import { worklistOrder } from './worklists.js';

interface Row {
  readonly _id: string;
  readonly k: { readonly priority: string };
  readonly w: { readonly place: string; readonly since: Date; readonly until?: Date };
}

const order: ListOrder = worklistOrder('to-book');
const NOW = 10;
const rowsOf = fc
  .array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 3 }), fc.option(fc.nat({ max: 20 }))), {
    maxLength: 30,
  })
  .map((all) =>
    all.map(([priority, place, since, until], index): Row => ({
      _id: String(index).padStart(2, '0'),
      k: { priority: String(priority) },
      w: { place: String(place), since: new Date(since), ...(until === null ? {} : { until: new Date(until) }) },
    })),
  );

/** The order as the anchor says it: priority, move by hand, overrun first, first date. */
const expected = (rows: readonly Row[], now: number): string[] =>
  rows
    .map((row) => {
      const { place, since, until } = row.w;
      const overrun = until !== undefined && until.getTime() <= now ? '0' : '1';
      return { id: row._id, key: [9 - Number(row.k.priority), place, overrun, since.getTime(), row._id].join(' ') };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => id);

const field = (row: Row, path: string): string | number => {
  const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], row);
  return value instanceof Date ? value.getTime() : (value as string);
};

/** A database of these rows: filters and sorts what it is asked. */
const storeOf = (rows: () => readonly Row[]) => ({
  find: (_type: string, filter: Filter, { sort = {}, limit }: FindOptions): Promise<FoundResource[]> => {
    const found = rows().filter((row) => evaluateFilter(filter, row));
    found.sort((a, b) => {
      for (const [path, direction] of Object.entries(sort)) {
        const [x, y] = [field(a, path), field(b, path)];
        if (x !== y) return (x < y ? -1 : 1) * direction;
      }
      return 0;
    });
    return Promise.resolve(found.slice(0, limit) as unknown as FoundResource[]);
  },
});

async function walk(rows: readonly Row[], count: number, moments: () => number): Promise<string[]> {
  const store = storeOf(() => rows);
  const seen: string[] = [];
  for (let after = undefined as readonly (string | Date | null)[] | undefined, more = true; more;) {
    const page = await readWorklist(
      store,
      {},
      { type: 'Task', order, hint: 'waiting', count, now: new Date(moments()), ...(after ? { after } : {}) },
    );
    seen.push(...page.rows.map(({ _id }) => _id));
    after = page.next;
    if (after) expect(after).toHaveLength(positionLength(order));
    more = after !== undefined;
  }
  return seen;
}

describe('the order of the waiting list', () => {
  it('stands in an index of exactly its states', () => {
    expect(WAITING_STATES).toEqual(QUEUE_STATES);
  });

  it('is priority, move by hand, who has waited too long, first date: over pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 7 }), async (rows, count) => {
        expect(await walk(rows, count, () => NOW)).toEqual(expected(rows, NOW));
      }),
    );
  });

  it('is that of the moment of the first page: nobody slips past between two pages as time goes on', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 7 }), async (rows, count) => {
        let now = NOW;
        expect(await walk(rows, count, () => now++)).toEqual(expected(rows, NOW));
      }),
    );
  });
});
