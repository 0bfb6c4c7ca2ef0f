import { dateIn, localDay } from '../referral/local-day.js';

/** Days after the end of a month until its figures are final (design.md 3a.20): answers still come in. */
export const CLOSING_DAYS = 60;
const DAY_MS = 24 * 3_600_000;

/** A calendar month in Honduras. */
export interface StatisticsMonth {
  /** `YYYY-MM`. */
  readonly code: string;
  readonly start: Date;
  /** Start of the next month. */
  readonly end: Date;
  /** Moment at which the month closes: nothing that happens later changes its figures. */
  readonly closes: Date;
}

const SHAPE = /^(20\d{2})-(0[1-9]|1[0-2])$/;

/** The month `YYYY-MM`; undefined when the text is none. */
export function statisticsMonth(code: string): StatisticsMonth | undefined {
  const [, year, month] = SHAPE.exec(code) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const next = month === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
  const start = localDay(`${code}-01`)?.start;
  const end = localDay(`${next}-01`)?.start;
  return start && end && { code, start, end, closes: new Date(end.getTime() + CLOSING_DAYS * DAY_MS) };
}

/** The newest months that are closed at a moment, newest first. */
export function closedMonths(now: Date, count: number): StatisticsMonth[] {
  const months: StatisticsMonth[] = [];
  for (let moment = now; months.length < count;) {
    const month = statisticsMonth(dateIn(moment).slice(0, 7));
    if (!month) break;
    if (month.closes <= now) months.push(month);
    moment = new Date(month.start.getTime() - 1);
  }
  return months;
}
