import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dateIn, dayOf, localDay } from './local-day.js';
import { ageInYears } from './register-columns.js';

describe('age in years', () => {
  it.each([
    ['1980-05-03', '2026-05-02T10:00:00-06:00', 45],
    ['1980-05-03', '2026-05-03T10:00:00-06:00', 46],
    ['1980-05', '2026-05-01T10:00:00-06:00', 46],
    ['2026', '2026-11-22T10:00:00-06:00', 0],
    [undefined, '2026-11-22T10:00:00-06:00', undefined],
  ])('%s on %s: %s', (birthDate, at, age) => {
    expect(ageInYears(birthDate, at)).toBe(age);
  });
});

describe('days of Honduras', () => {
  it('begin at six in the morning UTC', () => {
    expect(localDay('2026-11-22')?.start.toISOString()).toBe('2026-11-22T06:00:00.000Z');
    expect(dateIn(new Date('2026-11-22T05:59:59.999Z'))).toBe('2026-11-21');
  });

  it.each(['2026-02-30', '2026-13-01', '22-11-2026', '2026-11-22T00:00:00Z', ''])('%s is no day', (text) => {
    expect(localDay(text)).toBeUndefined();
  });

  it('hold every moment exactly once', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (moment) => {
          const { start, end } = dayOf(moment);
          expect(start <= moment && moment < end).toBe(true);
          expect(end.getTime() - start.getTime()).toBe(86_400_000);
        },
      ),
    );
  });
});
