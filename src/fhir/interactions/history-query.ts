import { fault } from '../../errors.js';
import type { FhirRequest } from '../exchange.js';
import { dateInterval, type Interval } from '../search/date-interval.js';

const DEFAULT_COUNT = 50;
const MAX_COUNT = 500;

/** What a history interaction asks for (FHIR R4 http.html 3.1.0.12). */
export interface HistoryQuery {
  readonly count: number;
  /** Versions made then or later (`_since`). */
  readonly since?: Date;
  /** Versions that were current at some point of this time (`_at`). */
  readonly at?: Interval;
  /** Where the page goes on: `_before` of one resource, `_cursor` of many. */
  readonly position?: string;
  /** The parameters as given, without the position. */
  readonly parameters: FhirRequest['query'];
}

const badValue = (parameter: string, value: string, reason: string): Error =>
  fault('parameter-value', { parameter, value, reason });

function intervalOf(parameter: string, value: string): Interval {
  const interval = dateInterval(value);
  if (!interval) throw badValue(parameter, value, 'dateTime');
  return interval;
}

/**
 * Reads the parameters of a history interaction.
 * @param position name of the parameter that tells where a page begins
 * @throws ServiceError 400 `parameter-unknown`, `parameter-value`; also for a parameter that is given twice
 */
export function historyQuery(type: string, query: FhirRequest['query'], position: '_before' | '_cursor'): HistoryQuery {
  let read: Omit<HistoryQuery, 'parameters'> = { count: DEFAULT_COUNT };
  const given = new Set<string>();
  for (const [name, value] of query) {
    if (name === '_format' || name === '_pretty') continue;
    if (given.has(name)) throw badValue(name, value, '× 2');
    given.add(name);
    if (name === '_count') {
      if (!/^\d{1,9}$/.test(value)) throw badValue(name, value, 'number');
      read = { ...read, count: Math.min(Number(value), MAX_COUNT) };
    } else if (name === '_since') read = { ...read, since: new Date(intervalOf(name, value).lo) };
    else if (name === '_at') read = { ...read, at: intervalOf(name, value) };
    else if (name === position) read = { ...read, position: value };
    else throw fault('parameter-unknown', { parameter: name, type });
  }
  return { ...read, parameters: query.filter(([name]) => name !== position) };
}
