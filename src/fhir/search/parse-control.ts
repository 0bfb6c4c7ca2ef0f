import { fault } from '../../errors.js';
import { SEARCH_LIMITS } from './limits.js';
import { badValue } from './parse-values.js';
import type { SearchQuery, SortTerm } from './search-query.js';
import { sortKeysOf } from './sort-keys.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a query says about its answer, not about what matches. */
export type SearchControl = Mutable<Pick<SearchQuery, 'sort' | 'count' | 'answer' | 'total' | 'cursor'>>;

/** Forms of `_summary`; all but `count` are about each resource and decided by `parseView`. */
const SUMMARIES = ['true', 'text', 'data', 'count', 'false'];

type Reader = (control: SearchControl, type: string, value: string) => void;

function parseSort(type: string, value: string): SortTerm[] {
  const keys = sortKeysOf(type);
  const terms = value.split(',').map((text): SortTerm => {
    const descending = text.startsWith('-');
    const param = descending ? text.slice(1) : text;
    const key = keys.get(param);
    if (!key) throw fault('sort-unsupported', { type, key: param, allowed: [...keys.keys()].join(', ') });
    return { key, direction: descending ? -1 : 1 };
  });
  if (new Set(terms.map(({ key }) => key.param)).size < terms.length)
    throw badValue('_sort', value, { es: 'repite una clave', en: 'it repeats a key' });
  if (terms.length > SEARCH_LIMITS.sortKeys)
    throw badValue('_sort', value, {
      es: `más de ${SEARCH_LIMITS.sortKeys} claves`,
      en: `more than ${SEARCH_LIMITS.sortKeys} keys`,
    });
  return terms;
}

function oneOf(parameter: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw badValue(parameter, value, { es: `se admite ${allowed.join(', ')}`, en: `allowed: ${allowed.join(', ')}` });
}

/** Parameters of the answer (FHIR R4 search, 3.1.1.5), each with how it is read. */
const READERS: Readonly<Record<string, Reader>> = {
  _count: (control, _type, value) => {
    const count = /^\d{1,6}$/.test(value) ? Number(value) : undefined;
    if (count === undefined || count > SEARCH_LIMITS.maxCount)
      throw badValue('_count', value, {
        es: `de 0 a ${SEARCH_LIMITS.maxCount}`,
        en: `from 0 to ${SEARCH_LIMITS.maxCount}`,
      });
    control.count = count;
    if (count === 0) control.answer = 'count';
  },
  _sort: (control, type, value) => {
    control.sort = parseSort(type, value);
  },
  _summary: (control, _type, value) => {
    if (oneOf('_summary', value, SUMMARIES) === 'count') control.answer = 'count';
  },
  _total: (control, _type, value) => {
    // An accurate number is a good estimate.
    control.total = oneOf('_total', value, ['none', 'estimate', 'accurate']) !== 'none';
  },
  _cursor: (control, _type, value) => {
    control.cursor = value;
  },
  // What is shown of each resource is decided by `parseView`.
  _elements: () => undefined,
  // Decided from the request by the HTTP layer; here they only must not count as unknown.
  _format: () => undefined,
  _pretty: () => undefined,
};

/** Names of the parameters that steer the answer. */
export const CONTROL_PARAMETERS: readonly string[] = Object.keys(READERS);

/**
 * Reads a parameter of the answer into `control`; false when the name is none.
 * @throws ServiceError 400 `parameter-value`, `sort-unsupported`
 */
export function parseControl(control: SearchControl, type: string, name: string, value: string): boolean {
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  read?.(control, type, value);
  return read !== undefined;
}
