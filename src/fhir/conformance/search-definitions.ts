import { fault, isServiceError } from '../../errors.js';
import { stringifyFhir } from '../exact-json.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { projectResource } from '../project-resource.js';
import { parseView } from '../resource-view.js';
import { ignoredEntries, prefersLenient } from '../search/lenient.js';
import { SEARCH_LIMITS } from '../search/limits.js';
import { normalizeText } from '../search/normalize-text.js';
import { parseControl, type SearchControl } from '../search/parse-control.js';
import { badValue } from '../search/parse-values.js';
import { pageLinks, searchsetText } from '../search/searchset.js';
import { type Published, publishedOf } from './catalogue.js';
import { CONFORMANCE_PARAMETERS, type ConformanceParameter } from './parameters.js';

type Pair = FhirRequest['query'][number];

function matches(one: Published, { element, type }: ConformanceParameter, wanted: string): boolean {
  const actual = one[element] ?? '';
  if (type === 'string') return normalizeText(actual).startsWith(normalizeText(wanted));
  return actual === (type === 'token' ? wanted.slice(wanted.indexOf('|') + 1) : wanted);
}

type Test = (one: Published) => boolean;

/** Test of one query parameter: its values are alternatives. Throws 400 for a parameter or modifier that there is not. */
function criterionOf(type: string, pair: Pair): Test {
  const [name = '', modifier] = pair[0].split(':', 2);
  const parameter = CONFORMANCE_PARAMETERS.find(({ code }) => code === name);
  if (!parameter) throw fault('parameter-unknown', { parameter: pair[0], type });
  if (modifier !== undefined) throw fault('modifier-unsupported', { parameter: name, modifier });
  const values = pair[1].split(',');
  if (values.includes('')) throw badValue(...pair, { es: 'está vacío', en: 'it is empty' });
  return (one) => values.some((value) => matches(one, parameter, value));
}

/** The order of definitions is that of their ids: nothing else is kept of all of them. */
function assertSortable(type: string, value: string): void {
  if (!/^-?_id$/.test(value)) throw fault('sort-unsupported', { type, key: value.slice(0, 80), allowed: '_id' });
}

interface Asked {
  readonly control: SearchControl;
  readonly criteria: readonly Test[];
  readonly ignored: readonly string[];
  /** What was understood, without the cursor. */
  readonly parameters: readonly Pair[];
}

const UNKNOWN: ReadonlySet<string> = new Set(['parameter-unknown', 'modifier-unsupported', 'sort-unsupported']);

function understand(type: string, query: readonly Pair[], lenient: boolean): Asked {
  // The number is known without asking for it.
  const control: SearchControl = { sort: [], count: SEARCH_LIMITS.defaultCount, answer: 'rows', total: true };
  const criteria: Test[] = [];
  const ignored: string[] = [];
  const parameters: Pair[] = [];
  const given = new Set<string>();
  for (const pair of query) {
    const [name, value] = pair;
    try {
      if (name === '_sort') assertSortable(type, value);
      if (!parseControl(control, type, name, value)) criteria.push(criterionOf(type, pair));
      else if (given.has(name)) throw badValue(name, value, { es: 'se repite', en: 'it is given twice' });
      else given.add(name);
      if (name !== '_cursor') parameters.push(pair);
    } catch (error) {
      if (!lenient || !isServiceError(error) || !UNKNOWN.has(error.code)) throw error;
      ignored.push(name);
    }
  }
  return { control, criteria, ignored, parameters };
}

/**
 * Search of definitions, from memory, with the same parameters of the answer as elsewhere; `_sort` takes `_id` only.
 * @returns the searchset, and `Type/id` of what it shows
 * @throws ServiceError 400 `parameter-unknown`, `modifier-unsupported`, `sort-unsupported`, `parameter-value`
 */
export function searchDefinitions(
  context: FhirContext,
  type: string,
  request: FhirRequest,
): { readonly body: string; readonly ent: readonly string[] } {
  const { query } = request;
  const { definitions, baseUrl } = context;
  const { control, criteria, ignored, parameters } = understand(type, query, prefersLenient(request));
  const view = parseView(definitions, type, query, { count: true });
  const found = publishedOf(context, type).filter((one) => criteria.every((holds) => holds(one)));
  const descending = control.sort[0]?.direction === -1;
  const ordered = descending ? [...found].reverse() : found;
  // No other definition has the id of the last row: it says where the next page begins.
  const after = control.cursor;
  const rest = after === undefined ? ordered : ordered.filter(({ id }) => (descending ? id < after : id > after));
  const page = control.answer === 'count' ? [] : rest.slice(0, control.count);
  const url = (pairs: readonly Pair[]): string => {
    const text = new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, value])).toString();
    return `${baseUrl}/${type}${text === '' ? '' : `?${text}`}`;
  };
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const next = last && url([...parameters, ['_cursor', last.id]]);
  const entries = page.map(({ id, resource }) => {
    const json = stringifyFhir(resource);
    return {
      fullUrl: `${baseUrl}/${type}/${id}`,
      json: view ? projectResource(definitions, type, json, view) : json,
    };
  });
  const body = searchsetText({
    links: pageLinks(url(query), next),
    ...(control.total || control.answer === 'count' ? { total: found.length } : {}),
    entries: [...entries, ...ignoredEntries({ type, ignored })],
  });
  return { body, ent: page.map(({ id }) => `${type}/${id}`) };
}
