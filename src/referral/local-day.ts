import { dateIn } from '../config/honduras-time.js';

export { dateIn } from '../config/honduras-time.js';

const HOUR = 3_600_000;

/** A calendar day in Honduras: its date and its bounds (`end` is the start of the next day). */
export interface LocalDay {
  readonly date: string;
  readonly start: Date;
  readonly end: Date;
}

/** The day `YYYY-MM-DD` in Honduras; undefined when there is no such day. */
export function localDay(date: string): LocalDay | undefined {
  const start = new Date(`${date}T00:00:00.000-06:00`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(start.getTime()) || dateIn(start) !== date) return undefined;
  return { date, start, end: new Date(start.getTime() + 24 * HOUR) };
}

/** The day in Honduras at a moment. */
export function dayOf(moment: Date): LocalDay {
  const day = localDay(dateIn(moment));
  if (!day) throw new RangeError('every moment has a day');
  return day;
}
