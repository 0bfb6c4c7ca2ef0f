import { dateIn } from '../../config/honduras-time.js';

const DAY_MS = 86_400_000;
const SATURDAY = 6;
const SUNDAY = 0;

const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** Is this day (`YYYY-MM-DD`) a Saturday or Sunday? False for what is no day. */
export const isWeekend = (date: string): boolean => weekday(date) === SATURDAY || weekday(date) === SUNDAY;

/** The next Monday to Friday in Honduras after a moment, `YYYY-MM-DD`. */
export function nextWorkingDay(now: Date): string {
  let moment = now.getTime() + DAY_MS;
  while (isWeekend(dateIn(new Date(moment)))) moment += DAY_MS;
  return dateIn(new Date(moment));
}

/** Is this text a day that exists, `YYYY-MM-DD`? */
export function isDay(text: string): boolean {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return moment !== undefined && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
