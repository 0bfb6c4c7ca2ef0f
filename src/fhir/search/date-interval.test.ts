import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dateInterval } from './date-interval.js';

const iso = (text: string): [string, string] | undefined => {
  const interval = dateInterval(text);
  return interval && [new Date(interval.lo).toISOString(), new Date(interval.hi).toISOString()];
};

describe('dateInterval', () => {
  it.each([
    ['2026', '2026-01-01T06:00:00.000Z', '2027-01-01T05:59:59.999Z'],
    ['2024-02', '2024-02-01T06:00:00.000Z', '2024-03-01T05:59:59.999Z'],
    ['2026-12-31', '2026-12-31T06:00:00.000Z', '2027-01-01T05:59:59.999Z'],
    ['2026-05-03T20:30', '2026-05-04T02:30:00.000Z', '2026-05-04T02:30:59.999Z'],
    ['2026-05-03T20:30:15-06:00', '2026-05-04T02:30:15.000Z', '2026-05-04T02:30:15.999Z'],
    ['2026-05-03T20:30:15.1Z', '2026-05-03T20:30:15.100Z', '2026-05-03T20:30:15.199Z'],
    ['2026-05-03T20:30:15.123456Z', '2026-05-03T20:30:15.123Z', '2026-05-03T20:30:15.123Z'],
    ['0050', '0050-01-01T06:00:00.000Z', '0051-01-01T05:59:59.999Z'],
  ])('%s covers its precision in Honduras or its own zone', (text, lo, hi) => {
    expect(iso(text)).toEqual([lo, hi]);
  });

  it.each([
    '',
    '26',
    '2026-13',
    '2026-02-30',
    '2025-02-29',
    '2026-05-03T24:00',
    '2026-05-03T10',
    '2026-05-03T10:60',
    '0000',
    'x2026',
    '2026-05-03Z',
  ])('%j is no date', (text) => {
    expect(dateInterval(text)).toBeUndefined();
  });

  it('agrees with the platform on every instant', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(dateInterval(date.toISOString())).toEqual({ lo: date.getTime(), hi: date.getTime() });
        },
      ),
    );
  });

  it('puts a finer date inside the coarser one that it begins with', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        fc.constantFrom(4, 7, 10, 16, 19),
        (date, length) => {
          const text = date.toISOString().slice(0, 23);
          const [fine, coarse] = [dateInterval(text), dateInterval(text.slice(0, length))];
          expect(fine!.lo).toBeGreaterThanOrEqual(coarse!.lo);
          expect(fine!.hi).toBeLessThanOrEqual(coarse!.hi);
        },
      ),
    );
  });
});
