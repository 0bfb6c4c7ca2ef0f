import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MINUS_INFINITY, parseDecimal, PLUS_INFINITY, sortableKey } from './decimal.js';
import { add, compare, subtract } from './rational.js';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }))
  .map(([digits, power]) => `${digits}e${power}`);

describe('parseDecimal', () => {
  it.each([
    ['100', '99.5', '100.5'],
    ['100.00', '99.995', '100.005'],
    ['1e2', '95', '105'],
    ['1.00e2', '99.5', '100.5'],
    ['5.4', '5.35', '5.45'],
    ['-5.4', '-5.45', '-5.35'],
    ['0', '-0.5', '0.5'],
    ['0.0010', '0.00095', '0.00105'],
  ])('%s covers [%s, %s)', (text, from, before) => {
    const { value, half } = parseDecimal(text)!;
    expect(compare(subtract(value, half), parseDecimal(from)!.value)).toBe(0);
    expect(compare(add(value, half), parseDecimal(before)!.value)).toBe(0);
  });

  it.each(['', '.5', '5.', '1e', 'x', '1,5', '0x1', 'Infinity', '1e9999', '1e-1001', '9'.repeat(301), '--1', '1 2'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );
});

describe('sortableKey', () => {
  it('sorts like the numbers, and is equal for equal ones however written', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [x, y] = [parseDecimal(a)!.value, parseDecimal(b)!.value];
        const [left, right] = [sortableKey(x)!, sortableKey(y)!];
        expect(left < right ? -1 : left > right ? 1 : 0).toBe(compare(x, y));
        expect(left > MINUS_INFINITY && left < PLUS_INFINITY).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(sortableKey(parseDecimal('1.10')!.value)).toBe(sortableKey(parseDecimal('110e-2')!.value));
  });

  it('loses no digit that a double would lose', () => {
    const keys = ['9007199254740993', '9007199254740992', '0.1000000000000000055', '0.1'].map((text) =>
      sortableKey(parseDecimal(text)!.value),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
