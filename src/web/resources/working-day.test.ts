import { describe, expect, it } from 'vitest';
import { isDay, isWeekend, nextWorkingDay } from './working-day.js';

describe('working days', () => {
  it.each([
    ['2026-11-20T15:00:00Z', '2026-11-23'],
    ['2026-11-21T15:00:00Z', '2026-11-23'],
    ['2026-11-22T15:00:00Z', '2026-11-23'],
    ['2026-11-23T15:00:00Z', '2026-11-24'],
    // Late evening in Honduras is already the next day in Greenwich.
    ['2026-11-24T04:00:00Z', '2026-11-24'],
  ])('after %s comes %s', (now, next) => {
    expect(nextWorkingDay(new Date(now))).toBe(next);
  });

  it('knows weekends and days that do not exist', () => {
    expect(['2026-11-21', '2026-11-22', '2026-11-23', 'mañana', ''].map(isWeekend)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['2026-02-28', '2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
