/** Closed interval of instants, in ms since 1970. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** Ends of an open Period. */
export const FOREVER: Interval = {
  lo: Date.parse('0001-01-01T00:00:00.000Z'),
  hi: Date.parse('9999-12-31T23:59:59.999Z'),
};

/** Honduras is UTC-6 all year: dates without a zone are meant there (FHIR R4 search, date: "the servers local timezone"). */
const LOCAL_OFFSET_MINUTES = -360;

const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined) return LOCAL_OFFSET_MINUTES;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** `Date.UTC` without its reading of the years 0 to 99 as 19xx. */
function utc(year: number, month: number, day = 1, hour = 0, minute = 0, second = 0, ms = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.setUTCHours(hour, minute, second, ms);
}

const inRange = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/**
 * Interval that a FHIR date, dateTime or instant covers, by its precision: `2026-05` is the whole of May in Honduras.
 * Undefined when the text is none, or names a day that does not exist. Minutes without seconds are accepted (FHIR R4 search).
 */
export function dateInterval(text: string): Interval | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, y, mo, d, h, mi, s, fraction, zone] = match;
  const year = Number(y);
  const month = Number(mo ?? 1) - 1;
  const day = Number(d ?? 1);
  const clock = [Number(h ?? 0), Number(mi ?? 0), Number(s ?? 0)] as const;
  // 60 is a leap second.
  if (year === 0 || !inRange(month, 0, 11) || !inRange(clock[0], 0, 23) || !inRange(clock[1], 0, 59) || clock[2] > 60)
    return undefined;
  if (d !== undefined && !inRange(day, 1, new Date(utc(year, month + 1, 0)).getUTCDate())) return undefined;
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const shift = offsetMinutes(zone) * 60_000;
  const lo = utc(year, month, day, ...clock, ms) - shift;
  if (fraction !== undefined) return { lo, hi: lo + 10 ** Math.max(0, 3 - fraction.length) - 1 };
  if (s !== undefined) return { lo, hi: lo + 999 };
  if (h !== undefined) return { lo, hi: lo + 59_999 };
  if (d !== undefined) return { lo, hi: lo + 86_399_999 };
  const end = mo === undefined ? utc(year + 1, 0) : utc(year, month + 1);
  return { lo, hi: end - shift - 1 };
}
