import { instantIn } from '../../config/honduras-time.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const YEAR = 365.25 * DAY;

/** Honduras keeps UTC-6 all year. */
const OFFSET = 6 * HOUR;

/** Instant with the offset of Honduras, for example `2026-03-01T09:15:00-06:00`, from milliseconds since 1970. */
export const localInstant = (time: number): string => instantIn(new Date(time));

/** Day in Honduras, for example `2026-03-01`. */
export const localDate = (time: number): string => new Date(time - OFFSET).toISOString().slice(0, 10);

/** The same day at an hour of the day in Honduras (fractions allowed). */
export const atHour = (time: number, hour: number): number =>
  Math.floor((time - OFFSET) / DAY) * DAY + OFFSET + Math.round(hour * 60) * MINUTE;

/** The same day, or the Monday after a weekend: clinics open on weekdays. */
export function onWeekday(time: number): number {
  const day = new Date(time - OFFSET).getUTCDay();
  return time + (day === 6 ? 2 : day === 0 ? 1 : 0) * DAY;
}

/** Completed years from a birth to a moment. */
export const yearsBetween = (birth: number, time: number): number => Math.floor((time - birth) / YEAR);
