import { dateIn } from '../config/honduras-time.js';

const DAY_MS = 86_400_000;
/** From the last menstrual period to the estimated delivery, days (Naegele). */
const TERM_DAYS = 280;
/** After these weeks the pregnancy has ended, whatever the record says. */
const LAST_WEEK = 42;

/**
 * Visits of a pregnancy without risk and the weeks in which each is due (SESAL's protocols: five visits; after week 40 weekly
 * until 41, which is not called overdue here). Data: a change of the norm is a change of these rows.
 */
export const PRENATAL_VISITS = [
  { visit: 1, from: 0, to: 12 },
  { visit: 2, from: 22, to: 24 },
  { visit: 3, from: 27, to: 29 },
  { visit: 4, from: 33, to: 35 },
  { visit: 5, from: 38, to: 40 },
] as const;

/** What the record tells of a pregnancy. */
export interface Pregnancy {
  /** First day of the last menstrual period, `YYYY-MM-DD`. */
  readonly lmp?: string | undefined;
  /** Estimated day of delivery, `YYYY-MM-DD`; it counts where the other is not known. */
  readonly edd?: string | undefined;
  /** Days of prenatal visits on record, `YYYY-MM-DD`. */
  readonly visits: readonly string[];
  /** Number of visits that the prenatal card says. */
  readonly told?: number | undefined;
}

/** A prenatal visit that should have been made. */
export interface OverdueVisit {
  readonly visit: number;
  /** Last day of its weeks, `YYYY-MM-DD`. */
  readonly due: string;
}

const dayOf = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
const textOf = (day: number): string => new Date(day).toISOString().slice(0, 10);

/** First day of the pregnancy, ms; undefined when the record does not tell it. */
function startOf({ lmp, edd }: Pregnancy): number | undefined {
  const start = lmp === undefined ? dayOf(edd ?? '') - TERM_DAYS * DAY_MS : dayOf(lmp);
  return Number.isNaN(start) ? undefined : start;
}

/** Completed weeks of pregnancy; undefined when there is none that goes on. */
export function weeksOf(pregnancy: Pregnancy, at = new Date()): number | undefined {
  const start = startOf(pregnancy);
  if (start === undefined) return undefined;
  const weeks = Math.floor((dayOf(dateIn(at)) - start) / (7 * DAY_MS));
  return weeks < 0 || weeks > LAST_WEEK ? undefined : weeks;
}

/**
 * Visits of the schedule whose weeks have passed and that were not made, earliest first; none when no pregnancy goes on.
 * Visits are counted, not matched to weeks: whoever came late has come.
 */
export function overdueVisits(pregnancy: Pregnancy, at = new Date()): readonly OverdueVisit[] {
  const start = startOf(pregnancy);
  const weeks = weeksOf(pregnancy, at);
  if (start === undefined || weeks === undefined) return [];
  const onRecord = pregnancy.visits.filter((day) => dayOf(day) >= start && dayOf(day) <= dayOf(dateIn(at))).length;
  const made = Math.max(onRecord, pregnancy.told ?? 0);
  return PRENATAL_VISITS.filter(({ visit, to }) => visit > made && weeks > to).map(({ visit, to }) => ({
    visit,
    due: textOf(start + ((to + 1) * 7 - 1) * DAY_MS),
  }));
}
