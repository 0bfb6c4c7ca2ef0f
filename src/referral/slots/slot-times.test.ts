import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dateIn } from '../../config/honduras-time.js';
import { daysBetween, slotTimes, type TimeRange, WEEKDAYS, withoutOverlap } from './slot-times.js';

const text = ({ start, end }: TimeRange): string => `${start.toISOString()}/${end.toISOString()}`;

const pattern = (more: Partial<Parameters<typeof slotTimes>[0]> = {}) => ({
  from: '2026-12-07',
  to: '2026-12-07',
  weekdays: WEEKDAYS,
  hours: [{ start: 7 * 60, end: 8 * 60 }],
  minutes: 30,
  holidays: [],
  ...more,
});

describe('slots of a pattern', () => {
  it('lie in the hours of Honduras', () => {
    expect(slotTimes(pattern()).map(text)).toEqual([
      '2026-12-07T13:00:00.000Z/2026-12-07T13:30:00.000Z',
      '2026-12-07T13:30:00.000Z/2026-12-07T14:00:00.000Z',
    ]);
  });

  it('leave a rest shorter than a slot empty, and days that are not asked for', () => {
    expect(slotTimes(pattern({ minutes: 45 }))).toHaveLength(1);
    // 7 to 13 December 2026: Monday to Sunday.
    const week = pattern({ to: '2026-12-13', weekdays: ['mon', 'wed'], holidays: ['2026-12-09'] });
    expect(slotTimes(week).map(({ start }) => dateIn(start))).toEqual(['2026-12-07', '2026-12-07']);
    expect(slotTimes(pattern({ from: '2026-12-08' }))).toEqual([]);
    expect(slotTimes(pattern({ from: '2026-02-30' }))).toEqual([]);
  });

  it('count days', () => {
    expect([daysBetween('2026-12-31', '2027-01-01'), daysBetween('2027-01-01', '2026-12-31')]).toEqual([2, 0]);
  });
});

describe('without overlap', () => {
  const ranges = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 20 })).map(([from, length]): TimeRange => ({
      start: new Date(from * 60_000),
      end: new Date((from + length) * 60_000),
    })),
    { maxLength: 30 },
  );
  const touch = (a: TimeRange, b: TimeRange): boolean => a.start < b.end && b.start < a.end;

  it('keeps what touches nothing, drops what touches something, and is done after once', () => {
    fc.assert(
      fc.property(ranges, ranges, (given, taken) => {
        const wanted = [...given].sort((a, b) => a.start.getTime() - b.start.getTime());
        const kept = withoutOverlap(wanted, taken);
        const all = [...taken, ...kept];
        for (const [index, one] of kept.entries()) {
          expect(taken.some((other) => touch(one, other))).toBe(false);
          expect(kept.some((other, at) => at !== index && touch(one, other))).toBe(false);
        }
        for (const one of wanted) if (!kept.includes(one)) expect(all.some((other) => touch(one, other))).toBe(true);
        expect(withoutOverlap(wanted, all)).toEqual([]);
      }),
    );
  });
});
