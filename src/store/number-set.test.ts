import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { NumberSet } from './number-set.js';

describe('NumberSet', () => {
  it('holds what was added and nothing else', () => {
    const number = fc.oneof(fc.nat({ max: 20_000 }), fc.integer({ min: 0, max: 2 ** 48 - 1 }));
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (added, asked) => {
        const set = new NumberSet();
        for (const n of added) set.add(n);
        const truth = new Set(added);
        expect(set.size).toBe(truth.size);
        for (const n of [...added, ...asked]) expect(set.has(n)).toBe(truth.has(n));
      }),
    );
  });

  it('does not take a fraction for its whole number', () => {
    const set = new NumberSet();
    set.add(1);
    expect(set.has(1.5)).toBe(false);
  });
});
