import { describe, expect, it } from 'vitest';
import { easter } from './easter.js';
import { holidaysOf } from './holidays.js';
import { SHIPPED_EDITION } from './shipped-edition.js';

const DAY_MS = 86_400_000;
const dates = (year: number, rules = SHIPPED_EDITION.holidays): string[] =>
  holidaysOf(year, rules).map(({ day }) => new Date(day * DAY_MS).toISOString().slice(0, 10));

describe('easter', () => {
  // Published dates, the earliest and the latest possible ones among them.
  it.each([
    [1818, '3-22'],
    [1943, '4-25'],
    [2000, '4-23'],
    [2008, '3-23'],
    [2019, '4-21'],
    [2024, '3-31'],
    [2025, '4-20'],
    [2026, '4-5'],
    [2027, '3-28'],
    [2038, '4-25'],
  ])('of %i is %s', (year, date) => {
    const { month, day } = easter(year);
    expect(`${month}-${day}`).toBe(date);
  });
});

describe('holidays of Honduras', () => {
  it('are those of the law, in the order of the year', () => {
    expect(dates(2026)).toEqual([
      '2026-01-01',
      '2026-04-02',
      '2026-04-03',
      '2026-04-04',
      '2026-04-14',
      '2026-05-01',
      '2026-09-15',
      '2026-10-07',
      '2026-10-08',
      '2026-10-09',
      '2026-12-25',
    ]);
  });

  // As the government announced them; before Decree 78-2015 the three days of October stood apart.
  it.each([
    [2014, ['2014-10-03', '2014-10-12', '2014-10-21']],
    [2022, ['2022-10-05', '2022-10-06', '2022-10-07']],
    [2023, ['2023-10-04', '2023-10-05', '2023-10-06']],
    [2025, ['2025-10-01', '2025-10-02', '2025-10-03']],
  ])('in October %i', (year, october) => {
    expect(dates(year).filter((date) => date.slice(5, 7) === '10')).toEqual(october);
  });

  it('can be added for one year and taken back', () => {
    const rules = [
      ...SHIPPED_EDITION.holidays,
      { name: 'Puente', date: '2026-05-04' },
      { name: 'Se trabaja', date: '2026-05-01', working: true as const },
    ];
    expect(dates(2026, rules)).toContain('2026-05-04');
    expect(dates(2026, rules)).not.toContain('2026-05-01');
    expect(dates(2027, rules)).toContain('2027-05-01');
    expect(dates(2027, rules)).not.toContain('2027-05-04');
  });
});
