interface Span {
  readonly lo: number;
  readonly hi: number;
}

const START_OF_TIME = Date.UTC(-1, 0);
const END_OF_TIME = Date.UTC(12_000, 0);

/** What a date covers, by its precision; without a zone it is meant in Honduras (UTC-6). */
export function spanOfDate(text: string): Span {
  const [date = '', clock] = text.split('T');
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(clock ?? '')?.[0] ?? '-06:00';
  const from = (whole: string): number => Date.parse(`${whole}${zone === 'Z' ? 'Z' : zone}`);
  const [year = '', month, day] = date.split('-');
  if (clock === undefined) {
    const start = from(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00`);
    const next = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
    if (day !== undefined) next.setUTCDate(next.getUTCDate() + 1);
    else if (month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1);
    else next.setUTCFullYear(next.getUTCFullYear() + 1);
    return { lo: start, hi: next.getTime() + 6 * 3_600_000 - 1 };
  }
  const time = clock.slice(0, clock.length - (/(Z|[+-]\d\d:\d\d)$/.exec(clock)?.[0].length ?? 0));
  const length =
    time.length === 5 ? 60_000 : time.includes('.') ? 10 ** (3 - (time.split('.')[1] ?? '').length) : 1_000;
  const lo = from(`${date}T${time.length === 5 ? `${time}:00` : time}`);
  return { lo, hi: lo + length - 1 };
}

/** Spans of a stored value: a date, a Period or a Timing; none when it has no place in time. */
export function spansOfValue(value: unknown): Span[] {
  if (typeof value === 'string') return [spanOfDate(value)];
  const { start, end, event, repeat } = value as {
    start?: string;
    end?: string;
    event?: string[];
    repeat?: { boundsPeriod?: object };
  };
  if (event || repeat) {
    const parts = [
      ...(event ?? []).map(spanOfDate),
      ...(repeat?.boundsPeriod ? spansOfValue(repeat.boundsPeriod) : []),
    ];
    if (parts.length === 0) return [];
    return [{ lo: Math.min(...parts.map(({ lo }) => lo)), hi: Math.max(...parts.map(({ hi }) => hi)) }];
  }
  if (start === undefined && end === undefined) return [];
  return [
    {
      lo: start === undefined ? START_OF_TIME : spanOfDate(start).lo,
      hi: end === undefined ? END_OF_TIME : spanOfDate(end).hi,
    },
  ];
}

/** FHIR R4 search, 3.1.1.4.5, word by word. */
export function dateMatches(stored: Span, text: string): boolean {
  const [, prefix = 'eq', date = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/.exec(text) ?? [];
  const asked = spanOfDate(date);
  const contained = stored.lo >= asked.lo && stored.hi <= asked.hi;
  const margin = Math.abs(Date.now() - (asked.lo + asked.hi) / 2) / 10;
  switch (prefix) {
    case 'eq':
      return contained;
    case 'ne':
      return !contained;
    case 'gt':
      return stored.hi > asked.hi;
    case 'lt':
      return stored.lo < asked.lo;
    case 'ge':
      return stored.hi > asked.hi || contained;
    case 'le':
      return stored.lo < asked.lo || contained;
    case 'sa':
      return stored.lo > asked.hi;
    case 'eb':
      return stored.hi < asked.lo;
    default:
      return stored.lo <= asked.hi + margin && stored.hi >= asked.lo - margin;
  }
}
