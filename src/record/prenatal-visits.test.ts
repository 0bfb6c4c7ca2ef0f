import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { overdueVisits, PRENATAL_VISITS, weeksOf } from './prenatal-visits.js';

const NOW = new Date('2026-11-20T12:00:00-06:00');
const daysBefore = (days: number): string => new Date(Date.UTC(2026, 10, 20 - days)).toISOString().slice(0, 10);
const numbers = (pregnancy: Parameters<typeof overdueVisits>[0]): number[] =>
  overdueVisits(pregnancy, NOW).map(({ visit }) => visit);

describe('prenatal visits overdue', () => {
  it.each([
    [10, []],
    [12, []],
    [13, [1]],
    [24, [1]],
    [25, [1, 2]],
    [36, [1, 2, 3, 4]],
    [41, [1, 2, 3, 4, 5]],
    [43, []],
  ])('in week %i without any visit: %j', (week, visits) => {
    const lmp = daysBefore(week * 7);
    expect(weeksOf({ lmp, visits: [] }, NOW)).toBe(week > 42 ? undefined : week);
    expect(numbers({ lmp, visits: [] })).toEqual(visits);
  });

  it('count visits of this pregnancy, on record or told, and not those before it', () => {
    const lmp = daysBefore(30 * 7);
    expect(numbers({ lmp, visits: [daysBefore(100), daysBefore(20)] })).toEqual([3]);
    expect(numbers({ lmp, visits: [daysBefore(20)], told: 3 })).toEqual([]);
    expect(numbers({ lmp, visits: [daysBefore(400), daysBefore(-5)] })).toEqual([1, 2, 3]);
  });

  it('are told from the day of delivery where the other is not known, and not at all without either', () => {
    expect(numbers({ edd: daysBefore(30 * 7 - 280), visits: [] })).toEqual([1, 2, 3]);
    expect(numbers({ visits: [] })).toEqual([]);
    expect(numbers({ lmp: 'ayer', visits: [] })).toEqual([]);
  });

  it('are never more after one more visit, nor due after today', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 330 }), fc.array(fc.integer({ min: 0, max: 330 })), (days, before) => {
        const pregnancy = { lmp: daysBefore(days), visits: before.map(daysBefore) };
        const found = overdueVisits(pregnancy, NOW);
        const more = overdueVisits({ ...pregnancy, visits: [...pregnancy.visits, daysBefore(0)] }, NOW);
        expect(more.length).toBeLessThanOrEqual(found.length);
        expect(found.length).toBeLessThanOrEqual(PRENATAL_VISITS.length);
        for (const { due } of found) expect(due < '2026-11-20').toBe(true);
      }),
    );
  });
});
