import { fault } from '../../errors.js';
import { badValue } from '../../fhir/search/parse-values.js';
import { dayOf, localDay } from '../local-day.js';

/** A request for the slots of a facility that was understood completely. */
export interface AgendaQuery {
  readonly from: Date;
  readonly to: Date;
  readonly statuses: readonly ('free' | 'busy')[];
  /** HealthcareService id. */
  readonly service?: string;
  readonly count: number;
}

const DEFAULT_COUNT = 100;
const MOST_ROWS = 500;
const DAY_MS = 86_400_000;
/** A longer time is a search of Slot. */
const MOST_DAYS = 100;
const STATUSES = { free: ['free'], busy: ['busy'], all: ['free', 'busy'] } as const;
const ID = /^(?:HealthcareService\/)?([A-Za-z0-9\-.]{1,64})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;
const KNOWN = ['from', 'to', 'status', 'service', '_count'] as const;
/** Decided from the request by the HTTP layer. */
const ELSEWHERE: ReadonlySet<string> = new Set(['_format', '_pretty']);

const bad = (name: string, value: string, es: string, en: string): Error => badValue(name, value, { es, en });

/** A day (its start, or its end) or a moment. */
function momentIn(name: string, value: string, edge: 'start' | 'end'): Date {
  const day = localDay(value);
  if (day) return day[edge];
  const moment = INSTANT.test(value) ? new Date(value) : undefined;
  if (!moment || Number.isNaN(moment.getTime())) throw bad(name, value, 'un día o una hora', 'a day or a moment');
  return moment;
}

/**
 * Reads the query of `$agenda`: `from` and `to` (days, the last one included, or moments; from now to the end of tomorrow
 * unless said), `status` (`free`, `busy`, `all`), `service`, `_count`.
 * @throws ServiceError 400 `parameter-unknown`, `parameter-value`
 */
export function parseAgendaQuery(query: readonly (readonly [string, string])[], now: Date): AgendaQuery {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (ELSEWHERE.has(name)) continue;
    if (!KNOWN.some((known) => known === name))
      throw fault('parameter-unknown', { parameter: name, type: 'Organization/$agenda' });
    if (given.has(name)) throw bad(name, value, 'está dos veces', 'it is given twice');
    given.set(name, value);
  }
  const [from, to, status = 'free', service] = [
    given.get('from'),
    given.get('to'),
    given.get('status'),
    given.get('service'),
  ];
  const start = from === undefined ? now : momentIn('from', from, 'start');
  const tomorrow = dayOf(new Date(start.getTime() + DAY_MS)).end;
  const end = to === undefined ? tomorrow : momentIn('to', to, 'end');
  if (end <= start || end.getTime() - start.getTime() > MOST_DAYS * DAY_MS)
    throw bad('to', to ?? '', `hasta ${MOST_DAYS} días después de from`, `up to ${MOST_DAYS} days after from`);
  if (!Object.hasOwn(STATUSES, status)) throw bad('status', status, 'free, busy o all', 'free, busy or all');
  const id = service === undefined ? undefined : ID.exec(service)?.[1];
  if (service !== undefined && id === undefined)
    throw bad('service', service, 'HealthcareService/id', 'HealthcareService/id');
  const text = given.get('_count') ?? String(DEFAULT_COUNT);
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST_ROWS) throw bad('_count', text, `de 1 a ${MOST_ROWS}`, `from 1 to ${MOST_ROWS}`);
  return {
    from: start,
    to: end,
    statuses: STATUSES[status as keyof typeof STATUSES],
    ...(id === undefined ? {} : { service: id }),
    count,
  };
}
