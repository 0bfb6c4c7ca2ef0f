import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHIPPED_EDITION } from './shipped-edition.js';
import { WorkCalendar } from './work-calendar.js';

const calendar = new WorkCalendar(SHIPPED_EDITION);
const HOUR = 3_600_000;
const at = (text: string): Date => new Date(`${text}-06:00`);

const moments = fc
  .integer({ min: at('2024-01-01T00:00:00').getTime(), max: at('2031-12-31T23:59:59').getTime() })
  .map((time) => new Date(time));
/** Up to some 100 working days. */
const lengths = fc.integer({ min: 0, max: 100 * calendar.dayMs });

describe('working time', () => {
  it.each([
    // Friday afternoon, one hour left: the rest on Monday.
    ['2026-11-20T14:00:00', 2, '2026-11-23T08:00:00'],
    // A whole day from the opening ends at the close of the same day.
    ['2026-11-23T07:00:00', 8, '2026-11-23T15:00:00'],
    ['2026-11-23T03:00:00', 1, '2026-11-23T08:00:00'],
    // From the close on, and on a weekend, the next day counts.
    ['2026-11-23T15:00:00', 1, '2026-11-24T08:00:00'],
    ['2026-11-21T12:00:00', 9, '2026-11-24T08:00:00'],
    // Over the week of Morazán: Wednesday to Friday are free.
    ['2026-10-06T14:00:00', 2, '2026-10-12T08:00:00'],
    // Holy Week and the Day of the Americas.
    ['2026-04-01T14:00:00', 2, '2026-04-06T08:00:00'],
    ['2026-04-13T10:00:00', 8, '2026-04-15T10:00:00'],
  ])('from %s, %i hours', (from, hours, to) => {
    expect(calendar.add(at(from), hours * HOUR)).toEqual(at(to));
  });

  it('never ends on a day without work, nor outside the workday', () => {
    fc.assert(
      fc.property(moments, lengths, (from, ms) => {
        fc.pre(ms > 0);
        const end = calendar.add(from, ms);
        expect(calendar.isWorkingDay(end)).toBe(true);
        const hour = new Date(end.getTime() - 6 * HOUR).toISOString().slice(11, 19);
        expect(hour > '07:00:00' || hour === '07:00:00').toBe(true);
        expect(hour <= '15:00:00').toBe(true);
        expect(end.getTime()).toBeGreaterThan(from.getTime());
      }),
    );
  });

  it('is monotone in the start and in the length', () => {
    fc.assert(
      fc.property(moments, moments, lengths, lengths, (a, b, x, y) => {
        const [first, last] = a <= b ? [a, b] : [b, a];
        const [short, long] = x <= y ? [x, y] : [y, x];
        expect(calendar.add(first, long).getTime()).toBeLessThanOrEqual(
          Math.max(calendar.add(last, long).getTime(), last.getTime()),
        );
        expect(calendar.add(a, short).getTime()).toBeLessThanOrEqual(calendar.add(a, long).getTime());
      }),
    );
  });

  it('adds up: twice is the same as once', () => {
    fc.assert(
      fc.property(moments, lengths, lengths, (from, a, b) => {
        fc.pre(a > 0 && b > 0);
        expect(calendar.add(calendar.add(from, a), b)).toEqual(calendar.add(from, a + b));
      }),
    );
  });

  it('is measured as it was added', () => {
    fc.assert(
      fc.property(moments, lengths, (from, ms) => {
        expect(calendar.between(from, calendar.add(from, ms))).toBe(ms);
      }),
    );
  });

  it('goes back as far as it went', () => {
    fc.assert(
      fc.property(moments, lengths, (to, ms) => {
        const from = calendar.subtract(to, ms);
        expect(calendar.between(from, to)).toBe(ms);
        expect(from.getTime()).toBeLessThanOrEqual(to.getTime());
      }),
    );
  });

  it('goes over years without work', () => {
    const every = { name: 'x', date: '2026-01-01' };
    const holidays = Array.from({ length: 3_700 }, (_, day) => ({
      ...every,
      date: new Date(Date.UTC(2026, 0, 1) + day * 24 * HOUR).toISOString().slice(0, 10),
    }));
    const none = new WorkCalendar({ ...SHIPPED_EDITION, holidays });
    expect(none.add(at('2026-01-01T08:00:00'), HOUR) > at('2036-01-01T00:00:00')).toBe(true);
  });
});
