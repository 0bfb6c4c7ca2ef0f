import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluateFilter } from '../../../test/support/evaluate-filter.js';
import { dateFilter, instantFilter } from './date-filter.js';
import type { Interval } from './date-interval.js';
import { dateKeys } from './date-keys.js';
import { DATE_PREFIXES, type DatePrefix } from './search-query.js';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

/** FHIR R4 search, 3.1.1.4.5, word by word. */
function expected(prefix: DatePrefix, asked: Interval, stored: Interval): boolean {
  const contains = stored.lo >= asked.lo && stored.hi <= asked.hi;
  const above = stored.hi > asked.hi;
  const below = stored.lo < asked.lo;
  const margin = Math.abs(NOW - (asked.lo + asked.hi) / 2) / 10;
  switch (prefix) {
    case 'eq':
      return contains;
    case 'ne':
      return !contains;
    case 'gt':
      return above;
    case 'lt':
      return below;
    case 'ge':
      return above || contains;
    case 'le':
      return below || contains;
    case 'sa':
      return stored.lo > asked.hi;
    case 'eb':
      return stored.hi < asked.lo;
    case 'ap':
      return stored.lo <= asked.hi + margin && stored.hi >= asked.lo - margin;
  }
}

// Whole hours in a narrow window and lengths about a day: the borders of the rules and of the two classes are hit often.
const start = fc.integer({ min: 0, max: 60 }).map((hours) => hours * HOUR);
const length = fc.constantFrom(
  0,
  1,
  HOUR - 1,
  24 * HOUR - 2,
  24 * HOUR - 1,
  24 * HOUR,
  25 * HOUR,
  50 * HOUR,
  500 * HOUR,
);
const interval = fc.tuple(start, length).map(([lo, span]): Interval => ({ lo, hi: lo + span }));
const prefix = fc.constantFrom(...DATE_PREFIXES);

describe('date filters', () => {
  it('say of every interval what the standard says', () => {
    fc.assert(
      fc.property(prefix, interval, interval, (sign, asked, stored) => {
        const filter = dateFilter('date', { prefix: sign, interval: asked }, { now: NOW });
        const document = { s: { dat: [dateKeys('date', stored)] } };
        expect(evaluateFilter(filter, document)).toBe(expected(sign, asked, stored));
      }),
      { numRuns: 3_000 },
    );
  });

  it('say of every instant what the standard says', () => {
    fc.assert(
      fc.property(prefix, interval, start, (sign, asked, at) => {
        const filter = instantFilter('lu', { prefix: sign, interval: asked }, NOW);
        expect(evaluateFilter(filter, { lu: new Date(at) })).toBe(expected(sign, asked, { lo: at, hi: at }));
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not mix parameters, nor the ends of two intervals', () => {
    const asked = { prefix: 'eq', interval: { lo: 0, hi: 10 * HOUR } } as const;
    const dat = [
      dateKeys('other', { lo: HOUR, hi: HOUR }),
      dateKeys('date', { lo: HOUR, hi: 20 * HOUR }),
      dateKeys('date', { lo: -HOUR, hi: HOUR }),
    ];
    expect(evaluateFilter(dateFilter('date', asked), { s: { dat } })).toBe(false);
  });
});
