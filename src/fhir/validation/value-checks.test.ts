import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { VALUE_CHECKS } from './value-checks.js';

const right = (type: string, value: string | number): boolean | undefined => VALUE_CHECKS[type]?.(value);

describe('VALUE_CHECKS', () => {
  it.each([
    ['date', '2026', true],
    ['date', '2026-02', true],
    ['date', '2024-02-29', true],
    ['date', '2026-02-29', false],
    ['date', '1900-02-29', false],
    ['date', '2000-02-29', true],
    ['date', '2026-13', false],
    ['date', '2026-00-01', false],
    ['date', '0000', false],
    ['date', '0001-01-01', true],
    ['date', '2026-1-1', false],
    ['date', '2026-01-01T10:00:00Z', false],
    ['dateTime', '2026-01-01T10:00:00Z', true],
    ['dateTime', '2026-01-01', true],
    ['dateTime', '2026-01-01T10:00:00.123-06:00', true],
    ['dateTime', '2026-01-01T23:59:60Z', true],
    ['dateTime', '2026-01-01T10:00:00', false],
    ['dateTime', '2026-01-01T10:00Z', false],
    ['dateTime', '2026-01-01T24:00:00Z', false],
    ['dateTime', '2026-02-30T10:00:00Z', false],
    ['dateTime', '2026-01-01T10:00:00+15:00', false],
    ['instant', '2026-01-01', false],
    ['instant', '2026-01-01T10:00:00Z', true],
    ['integer', 2_147_483_647, true],
    ['integer', 2_147_483_648, false],
    ['integer', -2_147_483_648, true],
    ['integer', -2_147_483_649, false],
    ['unsignedInt', -1, false],
    ['unsignedInt', 0, true],
    ['positiveInt', 0, false],
    ['positiveInt', 1, true],
    ['positiveInt', 1.5, false],
  ])('%s %s: %s', (type, value, expected) => {
    expect(right(type, value)).toBe(expected);
  });

  it('takes every real day', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (value) => {
        expect(right('date', value.toISOString().slice(0, 10))).toBe(true);
        expect(right('instant', value.toISOString())).toBe(true);
      }),
    );
  });
});
