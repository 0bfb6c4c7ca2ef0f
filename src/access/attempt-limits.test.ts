import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { waitsOf } from './attempt-limits.js';

describe('waits after wrong tries', () => {
  it('cost nothing at first, then double up to the longest', () => {
    expect(waitsOf({ free: 2, first: 30, longest: 200 })).toEqual([0, 0, 0, 30, 60, 120, 200]);
    expect(waitsOf({ free: 0, first: 10, longest: 10 })).toEqual([0, 10]);
  });

  it('never shrink and end at the longest', () => {
    const backOff = fc
      .record({ free: fc.nat(100), first: fc.integer({ min: 1, max: 60 }), more: fc.nat(10_000) })
      .map(({ free, first, more }) => ({ free, first, longest: first + more }));
    fc.assert(
      fc.property(backOff, (row) => {
        const waits = waitsOf(row);
        expect(waits.slice(0, row.free + 1).every((wait) => wait === 0)).toBe(true);
        expect([...waits].sort((a, b) => a - b)).toEqual([...waits]);
        expect(waits.at(-1)).toBe(row.longest);
      }),
    );
  });
});
