import type { DateValue } from '../../store/envelope.js';
import type { Interval } from './date-interval.js';

/** Longest interval of the short class: one day. */
const SHORT_MS = 86_400_000;

/**
 * Index entries are of two classes, `param` (a day or less: nearly all) and `param~` (months, Periods, open ends).
 * In the short class both ends are bound by either, so that a search "since" or "until" scans only what it returns;
 * without the classes one open Period would make the lower end useless as a bound.
 */
export const shortClass = (param: string): string => param;
export const longClass = (param: string): string => `${param}~`;

/** How far apart the ends of a short interval can be, in ms. */
export const SHORT_SPAN = SHORT_MS - 1;

/** Stored form of an interval. */
export const dateKeys = (param: string, { lo, hi }: Interval): DateValue => ({
  p: hi - lo <= SHORT_SPAN ? shortClass(param) : longClass(param),
  lo: new Date(lo),
  hi: new Date(hi),
});
