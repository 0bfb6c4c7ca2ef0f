import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editionAt } from './edition-at.js';

const edition = (number: number, validFrom: string, at: string) => ({ number, validFrom, at: new Date(at) });
const EDITIONS = [
  edition(1, '2019-01-01', '2019-01-01T06:00:00Z'),
  edition(2, '2027-01-01', '2026-11-01T12:00:00Z'),
  // Loaded after the second and valid before it.
  edition(3, '2026-12-15', '2026-11-10T12:00:00Z'),
  // Puts the second right before it counts, and once more on the day itself.
  edition(4, '2027-01-01', '2026-12-20T12:00:00Z'),
  edition(5, '2027-01-01', '2027-01-01T15:00:00Z'),
];

describe('the edition in force', () => {
  it.each([
    ['2018-06-01T12:00:00Z', 1],
    ['2026-11-22T12:00:00Z', 1],
    // Midnight in Honduras, not in Greenwich.
    ['2026-12-15T05:59:59Z', 1],
    ['2026-12-15T06:00:00Z', 3],
    ['2027-01-01T06:00:00Z', 4],
    ['2027-01-01T14:59:59Z', 4],
    ['2027-01-01T15:00:00Z', 5],
    ['2030-01-01T00:00:00Z', 5],
  ])('at %s is number %i', (at, number) => {
    expect(editionAt(EDITIONS, new Date(at)).number).toBe(number);
  });

  it('of the past is not changed by what is loaded later', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2019-01-02'), max: new Date('2028-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 400 }),
        (moment, days) => {
          const before = editionAt(EDITIONS, moment);
          const at = new Date(moment.getTime() + 1);
          const validFrom = new Date(at.getTime() + days * 86_400_000 - 6 * 3_600_000).toISOString().slice(0, 10);
          expect(editionAt([...EDITIONS, { number: 6, validFrom, at }], moment)).toEqual(before);
        },
      ),
    );
  });

  it('needs one', () => {
    expect(() => editionAt([], new Date())).toThrow(RangeError);
  });
});
