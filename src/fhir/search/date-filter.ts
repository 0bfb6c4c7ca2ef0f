import type { Filter } from '../../store/write-plan.js';
import type { Interval } from './date-interval.js';
import { longClass, SHORT_SPAN, shortClass } from './date-keys.js';
import type { DateComparison, DatePrefix } from './search-query.js';

/** Bounds on one end of a stored interval, in ms. */
interface Bounds {
  readonly $gt?: number;
  readonly $gte?: number;
  readonly $lt?: number;
  readonly $lte?: number;
}

interface Ends {
  readonly lo?: Bounds;
  readonly hi?: Bounds;
}

interface IntervalTest extends Ends {
  /** One of these holds besides. */
  readonly any?: readonly Ends[];
}

/** Approximately: a tenth of the time between the date and now, on both sides (FHIR R4 search, `ap`). */
function widened({ lo, hi }: Interval, now: number): Interval {
  const margin = Math.abs(now - (lo + hi) / 2) / 10;
  return { lo: lo - margin, hi: hi + margin };
}

/**
 * What each prefix asks of a stored interval; `lo` and `hi` are the ends of the asked one (FHIR R4 search, 3.1.1.4.5:
 * "the range above the search value intersects ... or the range of the search value fully contains ...").
 */
const TESTS: Readonly<Record<DatePrefix, (asked: Interval, now: number) => IntervalTest>> = {
  eq: ({ lo, hi }) => ({ lo: { $gte: lo, $lte: hi }, hi: { $gte: lo, $lte: hi } }),
  ne: ({ lo, hi }) => ({ any: [{ lo: { $lt: lo } }, { hi: { $gt: hi } }] }),
  gt: ({ hi }) => ({ hi: { $gt: hi } }),
  lt: ({ lo }) => ({ lo: { $lt: lo } }),
  // Above or contained: what starts before the asked interval must end after it.
  ge: ({ lo, hi }) => ({ hi: { $gte: lo }, any: [{ hi: { $gt: hi } }, { lo: { $gte: lo } }] }),
  le: ({ lo, hi }) => ({ lo: { $lte: hi }, any: [{ lo: { $lt: lo } }, { hi: { $lte: hi } }] }),
  sa: ({ hi }) => ({ lo: { $gt: hi } }),
  eb: ({ lo }) => ({ hi: { $lt: lo } }),
  ap: (asked, now) => {
    const { lo, hi } = widened(asked, now);
    return { lo: { $lte: hi }, hi: { $gte: lo } };
  },
};

const ENDS = ['$gt', '$gte', '$lt', '$lte'] as const;

const dates = (bounds: Bounds): Record<string, Date> =>
  Object.fromEntries(ENDS.flatMap((end) => (bounds[end] === undefined ? [] : [[end, new Date(bounds[end])]])));

const lower = ({ $gt, $gte }: Bounds = {}): number | undefined => $gt ?? $gte;
const upper = ({ $lt, $lte }: Bounds = {}): number | undefined => $lt ?? $lte;

const lessSpan = (value: number | undefined, span: number): number | undefined =>
  value === undefined ? undefined : value - span;

/** The ends with what follows from `lo <= hi <= lo + span` said too, so that the index is bounded on `lo`. */
function bounded({ lo, hi }: Ends, span?: number): Filter {
  const least = span === undefined || lower(lo) !== undefined ? undefined : lessSpan(lower(hi), span);
  const most = upper(lo) === undefined ? upper(hi) : undefined;
  const low: Bounds = {
    ...(least === undefined ? {} : { $gte: least }),
    ...(most === undefined ? {} : { $lte: most }),
    ...lo,
  };
  return {
    ...(Object.keys(low).length > 0 ? { lo: dates(low) } : {}),
    ...(hi ? { hi: dates(hi) } : {}),
  };
}

/** Only an asked interval that is longer than the span can contain a stored one that is. */
function canHoldLonger({ lo, hi }: Ends, span: number): boolean {
  const from = lower(lo);
  const to = upper(hi);
  return from === undefined || to === undefined || to - from > span;
}

/** How a date is compared, beside the date itself. */
export interface DateFilterOptions {
  /** Now, in ms. */
  readonly now?: number;
  /** System that the code of a composite must have. */
  readonly t?: string | undefined;
}

/** Filter of one date comparison on the stored intervals of a parameter. */
export function dateFilter(
  param: string,
  { prefix, interval }: DateComparison,
  { now = Date.now(), t }: DateFilterOptions = {},
): Filter {
  const test = TESTS[prefix](interval, now);
  const any = test.any ? { $or: test.any.map((ends) => bounded(ends)) } : {};
  const beside = { ...any, ...(t === undefined ? {} : { t }) };
  const short = { p: shortClass(param), ...bounded(test, SHORT_SPAN), ...beside };
  const long = { p: longClass(param), ...bounded(test), ...beside };
  const elements = canHoldLonger(test, SHORT_SPAN) ? [short, long] : [short];
  const [first, ...more] = elements.map((element) => ({ 's.dat': { $elemMatch: element } }));
  return more.length > 0 ? { $or: [first, ...more] } : { ...first };
}

/** The same for a field that holds one instant: both ends of a stored interval are that instant. */
export function instantFilter(field: string, { prefix, interval }: DateComparison, now = Date.now()): Filter {
  const { lo, hi, any } = TESTS[prefix](interval, now);
  const at = (ends: Ends): Filter => ({ [field]: dates({ ...ends.lo, ...ends.hi }) });
  // For an instant `ge` and `le` are one bound each; their alternatives say nothing more.
  return any && !lo && !hi ? { $or: any.map(at) } : at({ ...(lo ? { lo } : {}), ...(hi ? { hi } : {}) });
}
