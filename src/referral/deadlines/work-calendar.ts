import { OFFSET_MS } from '../../config/honduras-time.js';
import type { EditionContent } from './edition.js';
import { holidaysOf, weekdayOf } from './holidays.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A sum over so many days has no sensible end: the calendar has no working days any more. */
const MOST_DAYS = 40_000;

const msOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
};

/** A moment as day since 1970 and ms since midnight, in Honduras. */
function placeOf(moment: Date): { readonly day: number; readonly within: number } {
  const local = moment.getTime() - OFFSET_MS;
  const day = Math.floor(local / DAY_MS);
  return { day, within: local - day * DAY_MS };
}

const momentOf = (day: number, within: number): Date => new Date(day * DAY_MS + within + OFFSET_MS);

/**
 * Working time in Honduras: the hours of the workday on the weekdays of the edition that are no holidays. Working time
 * is one line: what is added to a moment ends inside a workday, at its close at the latest, never on a day without work;
 * adding twice is the same as adding the sum.
 */
export class WorkCalendar {
  /** Length of a workday, ms. */
  readonly dayMs: number;
  readonly #opens: number;
  readonly #closes: number;
  readonly #weekdays: ReadonlySet<number>;
  readonly #years = new Map<number, ReadonlySet<number>>();

  constructor(private readonly edition: Pick<EditionContent, 'workday' | 'holidays'>) {
    this.#opens = msOf(edition.workday.opens);
    this.#closes = msOf(edition.workday.closes);
    this.#weekdays = new Set(edition.workday.weekdays);
    this.dayMs = this.#closes - this.#opens;
  }

  #works(day: number): boolean {
    if (!this.#weekdays.has(weekdayOf(day))) return false;
    const year = new Date(day * DAY_MS).getUTCFullYear();
    let holidays = this.#years.get(year);
    if (!holidays) {
      holidays = new Set(holidaysOf(year, this.edition.holidays).map((holiday) => holiday.day));
      this.#years.set(year, holidays);
    }
    return !holidays.has(day);
  }

  /** Is work done on the day of this moment? */
  isWorkingDay(moment: Date): boolean {
    return this.#works(placeOf(moment).day);
  }

  /**
   * The moment at which so much working time has passed since `from`; `from` itself for none.
   * @param ms working time, not negative
   * @throws RangeError when the calendar has no working days left
   */
  add(from: Date, ms: number): Date {
    if (ms <= 0) return from;
    const start = placeOf(from);
    let left = ms;
    for (let day = start.day; day < start.day + MOST_DAYS; day += 1) {
      const begins = day === start.day ? Math.max(start.within, this.#opens) : this.#opens;
      const room = this.#works(day) ? Math.max(0, this.#closes - begins) : 0;
      if (room > 0 && left <= room) return momentOf(day, begins + left);
      left -= room;
    }
    throw new RangeError('the calendar has no working days');
  }

  /**
   * The latest moment after which so much working time passes until `to`; `to` itself for none: `add(subtract(to, ms), ms)` is as
   * far on the line of working time as `to`.
   * @param ms working time, not negative
   * @throws RangeError when the calendar had no working days
   */
  subtract(to: Date, ms: number): Date {
    if (ms <= 0) return to;
    const end = placeOf(to);
    let left = ms;
    for (let day = end.day; day > end.day - MOST_DAYS; day -= 1) {
      const ends = day === end.day ? Math.min(end.within, this.#closes) : this.#closes;
      const room = this.#works(day) ? Math.max(0, ends - this.#opens) : 0;
      if (room > 0 && left <= room) return momentOf(day, ends - left);
      left -= room;
    }
    throw new RangeError('the calendar has no working days');
  }

  /** Working time between two moments, ms; 0 when the second is not after the first. */
  between(from: Date, to: Date): number {
    if (to <= from) return 0;
    const [start, end] = [placeOf(from), placeOf(to)];
    let sum = 0;
    for (let day = start.day; day <= end.day; day += 1) {
      if (!this.#works(day)) continue;
      const begins = day === start.day ? Math.max(start.within, this.#opens) : this.#opens;
      const ends = day === end.day ? Math.min(end.within, this.#closes) : this.#closes;
      sum += Math.max(0, ends - begins);
    }
    return sum;
  }
}
