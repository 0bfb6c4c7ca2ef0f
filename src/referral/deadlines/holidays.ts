import type { HolidayRule } from './edition.js';
import { easter } from './easter.js';

const DAY_MS = 86_400_000;

/** Days since 1970 of a calendar date; a date that does not exist gives the day it runs over to. */
export const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY_MS;

/** Day of the week of a day since 1970: 0 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

const parts = (text: string): number[] => text.split('-').map(Number);

function dayOfRule(rule: HolidayRule, year: number): number | undefined {
  if ('date' in rule) {
    const [ofYear, month = 1, day = 1] = parts(rule.date);
    return ofYear === year ? dayNumber(year, month, day) : undefined;
  }
  if (year < (rule.since ?? year) || year > (rule.until ?? year)) return undefined;
  if ('yearly' in rule) {
    const [month = 1, day = 1] = parts(rule.yearly);
    return dayNumber(year, month, day);
  }
  if ('easter' in rule) {
    const sunday = easter(year);
    return dayNumber(year, sunday.month, sunday.day) + rule.easter;
  }
  const first = dayNumber(year, rule.month, 1);
  const toWeekday = (rule.weekday - weekdayOf(first) + 7) % 7;
  return first + toWeekday + 7 * (rule.nth - 1) + (rule.plus ?? 0);
}

/** A holiday of one year. */
export interface Holiday {
  /** Days since 1970. */
  readonly day: number;
  readonly name: string;
}

/**
 * Holidays of a year by their rules, in the order of the calendar; a day that was made a working day is none
 * (Código de Trabajo of Honduras, article 339; Decree 78-2015 for the week of October).
 */
export function holidaysOf(year: number, rules: readonly HolidayRule[]): readonly Holiday[] {
  const found = new Map<number, string>();
  for (const rule of rules) {
    const day = dayOfRule(rule, year);
    if (day !== undefined && !('working' in rule)) found.set(day, rule.name);
  }
  for (const rule of rules) {
    const day = 'working' in rule ? dayOfRule(rule, year) : undefined;
    if (day !== undefined) found.delete(day);
  }
  return [...found].map(([day, name]) => ({ day, name })).sort((a, b) => a.day - b.day);
}

/**
 * Holidays between two days of the calendar, both included, as `YYYY-MM-DD`.
 * @param from, to `YYYY-MM-DD`
 */
export function holidaysBetween(from: string, to: string, rules: readonly HolidayRule[]): readonly string[] {
  const [first = 0, last = -1] = [from, to].map((date) => Number(date.slice(0, 4)));
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return years
    .flatMap((year) => holidaysOf(year, rules))
    .map(({ day }) => new Date(day * DAY_MS).toISOString().slice(0, 10))
    .filter((date) => from <= date && date <= to);
}
