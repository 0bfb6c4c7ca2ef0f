import { localDay } from '../local-day.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days of the week as FHIR names them (value set days-of-week), from Sunday. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** A stretch of time; the end does not belong to it. */
export interface TimeRange {
  readonly start: Date;
  readonly end: Date;
}

/** What an agenda repeats: on which days, from when to when, how long each visit. */
export interface SlotPattern {
  /** First and last day, `YYYY-MM-DD` in Honduras. */
  readonly from: string;
  readonly to: string;
  readonly weekdays: readonly Weekday[];
  /** Minutes after midnight; a stretch of a day. */
  readonly hours: readonly { readonly start: number; readonly end: number }[];
  /** Length of a slot. */
  readonly minutes: number;
  /** Days without slots. */
  readonly holidays: readonly string[];
}

const weekdayOf = (date: string): Weekday => WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sun';

/** Number of days from the first to the last, both counted; 0 when they are in the wrong order or no days. */
export function daysBetween(from: string, to: string): number {
  const [first, last] = [localDay(from), localDay(to)];
  return first && last ? Math.max(0, Math.round((last.start.getTime() - first.start.getTime()) / DAY_MS) + 1) : 0;
}

/** Slots of a pattern in the order of time. A rest at the end of a stretch that is shorter than a slot stays empty. */
export function slotTimes({ from, to, weekdays, hours, minutes, holidays }: SlotPattern): readonly TimeRange[] {
  const first = localDay(from);
  if (!first) return [];
  const found: TimeRange[] = [];
  for (let n = 0; n < daysBetween(from, to); n += 1) {
    // Honduras has no change of the clock: every day has 24 hours.
    const midnight = first.start.getTime() + n * DAY_MS;
    const date = new Date(midnight - first.start.getTime() + Date.parse(`${from}T00:00:00Z`))
      .toISOString()
      .slice(0, 10);
    if (!weekdays.includes(weekdayOf(date)) || holidays.includes(date)) continue;
    for (const { start, end } of hours)
      for (let at = start; at + minutes <= end; at += minutes)
        found.push({
          start: new Date(midnight + at * MINUTE_MS),
          end: new Date(midnight + (at + minutes) * MINUTE_MS),
        });
  }
  return found.sort((a, b) => a.start.getTime() - b.start.getTime());
}

/** Those of the wanted ranges (in the order of their starts) that touch none of the taken ones and none before them. */
export function withoutOverlap(wanted: readonly TimeRange[], taken: readonly TimeRange[]): readonly TimeRange[] {
  const rows = [...taken].sort((a, b) => a.end.getTime() - b.end.getTime());
  /** Earliest start of this row and those that end after it. */
  const earliest = rows.map(({ start }) => start.getTime());
  for (let row = rows.length - 2; row >= 0; row -= 1)
    earliest[row] = Math.min(earliest[row] ?? 0, earliest[row + 1] ?? Number.POSITIVE_INFINITY);
  const kept: TimeRange[] = [];
  let next = 0;
  for (const range of wanted) {
    for (let row = rows[next]; row && row.end <= range.start; row = rows[next]) next += 1;
    const isTaken = (earliest[next] ?? Number.POSITIVE_INFINITY) < range.end.getTime();
    const last = kept.at(-1);
    if (!isTaken && (!last || last.end <= range.start)) kept.push(range);
  }
  return kept;
}
