import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluateFilter } from '../../../test/support/evaluate-filter.js';
import type { SortSpec } from '../../store/store.js';
import { afterPosition, positionOf, rangesAfter } from './keyset.js';

interface Row {
  readonly _id: string;
  readonly lu: Date;
  readonly k: Readonly<Record<string, string | Date>>;
}

/** Order of MongoDB: a missing value before all others. */
function inOrder(sort: SortSpec) {
  return (a: Row, b: Row): number => {
    const [x, y] = [positionOf(sort, a), positionOf(sort, b)];
    for (const [index, direction] of Object.values(sort).entries()) {
      const [left, right] = [x[index] ?? null, y[index] ?? null].map((value) =>
        value instanceof Date ? value.getTime() : value,
      );
      if (left === right) continue;
      if (left === null || left === undefined) return -direction;
      if (right === null || right === undefined) return direction;
      return left < right ? -direction : direction;
    }
    return 0;
  };
}

const few = fc.constantFrom('a', 'b', 'c');
const rowsOf = fc
  .array(fc.record({ text: fc.option(few), at: fc.option(fc.constantFrom(1, 2)), lu: fc.constantFrom(1, 2, 3) }), {
    maxLength: 25,
  })
  .map((values) =>
    values.map(({ text, at, lu }, index): Row => ({
      _id: `id-${String((index * 7_919) % 100).padStart(2, '0')}`,
      lu: new Date(lu),
      k: { ...(text === null ? {} : { text }), ...(at === null ? {} : { at: new Date(at) }) },
    })),
  );
const sorts = fc.constantFrom<SortSpec[]>(
  { _id: -1 },
  { lu: -1, _id: -1 },
  { 'k.text': 1, _id: 1 },
  { 'k.text': -1, _id: -1 },
  { 'k.at': -1, 'k.text': 1, _id: 1 },
  { 'k.text': 1, lu: -1, _id: -1 },
);

describe('keyset paging', () => {
  it('walks every row once and in order, whatever is equal or missing', () => {
    fc.assert(
      fc.property(rowsOf, sorts, fc.integer({ min: 1, max: 4 }), (rows, sort, size) => {
        const all = [...rows].sort(inOrder(sort));
        const walked: Row[] = [];
        for (let page = all.slice(0, size); page.length > 0;) {
          walked.push(...page);
          const position = positionOf(sort, page.at(-1)!);
          const following = all.filter((row) => evaluateFilter(afterPosition(sort, position), row));
          const inRanges = rangesAfter(sort, position).flatMap((range) =>
            all.filter((row) => evaluateFilter(range.filter, row)).sort(inOrder(range.sort)),
          );
          expect(inRanges).toEqual(following);
          page = following.slice(0, size);
        }
        expect(walked).toEqual(all);
      }),
      { numRuns: 500 },
    );
  });
});
