import { dateIn } from '../config/honduras-time.js';
import { spokenTime } from '../config/spoken-time.js';
import type { Finding } from '../errors.js';
import { localDay } from './local-day.js';

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
/** Whoever stands at the desk is booked for the hour that has just struck. */
const DESK_MS = 15 * MINUTE_MS;

/** Finding of 422 for a moment that has passed. @param field name of the input, @param slack how long ago it may lie, ms */
export function pastFinding(field: string, value: string | undefined, now: Date, slack = 0): readonly Finding[] {
  if (value === undefined || Date.parse(value) + slack > now.getTime()) return [];
  const params = { field, es: spokenTime(value, 'es'), en: spokenTime(value, 'en') };
  return [{ code: 'date-past', params, expression: field }];
}

/** Finding of 422 for an appointment that would have begun already. */
export const pastVisit = (start: string | undefined, now: Date): readonly Finding[] =>
  pastFinding('start', start, now, DESK_MS);

/** End of the day in Honduras so many days after another moment. */
export const endOfDayAfter = (moment: Date, days: number): Date =>
  localDay(dateIn(new Date(moment.getTime() + days * DAY_MS)))?.end ?? moment;

/**
 * Finding of 422 for a moment beyond a limit of the deadlines.
 * @param days the limit, for the text; @param latest moment from which it is too late
 */
export function farFinding(
  field: string,
  value: string | undefined,
  { latest, days }: { readonly latest: Date; readonly days: number },
): readonly Finding[] {
  if (value === undefined || Date.parse(value) <= latest.getTime()) return [];
  const last = new Date(latest.getTime() - 1).toISOString();
  const params = { field, days, es: spokenTime(last, 'es'), en: spokenTime(last, 'en') };
  return [{ code: 'date-too-far', params, expression: field }];
}
