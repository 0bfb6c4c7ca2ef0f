import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { factsFor, smallPlan } from '../../test/support/random-tables.js';
import { AGE_BANDS, ageBandOn } from './age-bands.js';
import { countCube } from './count-cube.js';
import { linkedSystem } from './protect/linked-system.js';
import { protectCounts } from './protect/protect-counts.js';
import { csvField } from './release/csv.js';
import { releaseFiles } from './release/release-files.js';
import { closedMonths, statisticsMonth } from './statistics-month.js';

describe('age bands AT2-R', () => {
  it.each([
    ['2026-03-01', '2026-03-31', '0-27d'],
    ['2026-03-01', '2026-04-01', '1-11m'],
    ['2025-04-02', '2026-04-01', '1-11m'],
    ['2025-04-01', '2026-04-01', '1-4'],
    ['2006-04-02', '2026-04-01', '15-19'],
    ['2006-04-01', '2026-04-01', '20-49'],
    ['1966-04', '2026-04-20', '60-mas'],
    ['1990', '2026-04-20', '20-49'],
    ['2026', '2026-06-20', '0-27d'],
  ])('born %s, on %s: %s', (birth, day, band) => {
    expect(ageBandOn(birth, day)).toBe(band);
  });

  it('gives none without a birth date, or with one after the day', () => {
    expect(ageBandOn(undefined, '2026-04-01')).toBeUndefined();
    expect(ageBandOn('2026-04-02', '2026-04-01')).toBeUndefined();
    expect(ageBandOn('soon', '2026-04-01')).toBeUndefined();
  });

  it('has a band for every age up to 120', () => {
    const day = fc.date({ min: new Date('1906-01-01'), max: new Date('2026-03-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (birth) => {
        const band = ageBandOn(birth.toISOString().slice(0, 10), '2026-03-31');
        expect(AGE_BANDS.map(({ code }) => code)).toContain(band);
      }),
    );
  });
});

describe('months', () => {
  it('run from midnight to midnight in Honduras and close 60 days after their end', () => {
    expect(statisticsMonth('2026-12')).toEqual({
      code: '2026-12',
      start: new Date('2026-12-01T06:00:00Z'),
      end: new Date('2027-01-01T06:00:00Z'),
      closes: new Date('2027-03-02T06:00:00Z'),
    });
    for (const wrong of ['2026-13', '2026-1', '1999-01', '2026-03-01', ''])
      expect(statisticsMonth(wrong)).toBeUndefined();
  });

  it('are closed in order', () => {
    const codes = closedMonths(new Date('2026-03-02T05:59:59Z'), 2).map(({ code }) => code);
    expect(codes).toEqual(['2025-11', '2025-10']);
    expect(closedMonths(new Date('2026-03-02T06:00:00Z'), 1).map(({ code }) => code)).toEqual(['2025-12']);
  });
});

describe('tables', () => {
  const plan = smallPlan();

  it('add up: every sum and every containment holds for any referrals', () => {
    fc.assert(
      fc.property(factsFor(plan, 60), (facts) => {
        const { system } = linkedSystem(plan, countCube(facts));
        const value = (cell: number): number => system.values[cell] ?? Number.NaN;
        for (const { total, parts } of system.sums)
          expect(parts.reduce((sum, part) => sum + value(part), 0)).toBe(value(total));
        for (const { whole, part } of system.contained) expect(value(part)).toBeLessThanOrEqual(value(whole));
        expect(value(0)).toBe(facts.length);
      }),
      { numRuns: 30 },
    );
  });

  it('cannot be written out unprotected', () => {
    expect(() => JSON.stringify({ raw: countCube([]) })).toThrow('unprotected');
  });

  it('become the same bytes for the same counts, and never a clock or a hidden count', async () => {
    const [facts = []] = fc.sample(factsFor(plan, 200, 150), { numRuns: 1, seed: 3 });
    const raw = countCube(facts);
    const make = async () => {
      const published = await protectCounts(plan, raw, { threshold: 5 });
      const hidden = [...published.values()].filter((value) => value === null).length;
      const about = { month: '2026-03', version: 1, threshold: 5, software: '0', figures: published.size, hidden };
      return releaseFiles(plan, published, about);
    };
    const files = await make();
    expect(await make()).toEqual(files);
    expect(files.map(({ name }) => name)).toEqual([
      ...['region-sex.csv', 'region-sex.json', 'region-age.csv', 'region-age.json'],
      ...['region-specialty.csv', 'region-specialty.json', 'release.json', 'manifest.json'],
    ]);
    for (const { name, text } of files.filter(({ type }) => type === 'text/csv')) {
      expect(text).toMatch(/,,c\r\n/);
      expect([name, /,[1-5],\r\n/.test(text)]).toEqual([name, false]);
    }
  });
});

describe('CSV', () => {
  it('quotes what must be quoted and disarms formulas', () => {
    expect(['a,b', 'say "x"', '=1+1', '@x', '-x', null, 7, 0].map(csvField)).toEqual([
      '"a,b"',
      '"say ""x"""',
      "'=1+1",
      "'@x",
      "'-x",
      '',
      '7',
      '0',
    ]);
  });

  it('never starts a text with what a spreadsheet runs', () => {
    fc.assert(fc.property(fc.string(), (text) => !/^"?[=+\-@\t\r]/.test(csvField(text))));
  });
});
