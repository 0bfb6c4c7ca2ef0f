import { fault, isServiceError } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';
import { SEARCH_LIMITS } from './limits.js';
import { type ParsedGraph, parseGraph } from './parse-graph.js';
import { searchableParameters } from './parameters.js';
import {
  type ParameterName,
  parameterCriterion,
  type ParseOptions as CriterionOptions,
  splitName,
  unsupportedModifier,
} from './parse-criterion.js';
import { alternatives, badValue, parseDate, parseId } from './parse-values.js';
import { parseControl, type SearchControl } from './parse-control.js';
import type { Criterion, SearchQuery } from './search-query.js';

export interface ParseOptions extends CriterionOptions {
  /**
   * Parameters, modifiers, includes, chains and sort keys that are unknown are passed over instead of refused
   * (`Prefer: handling=lenient`); the answer says which. Bad values are refused all the same.
   */
  readonly lenient?: boolean;
  /** Links that chains and `_has` may follow; when absent, they and includes are refused. */
  readonly levels?: number;
}

/** Refusals of what there is not, as opposed to values that are wrong. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'parameter-unknown',
  'modifier-unsupported',
  'include-unknown',
  'sort-unsupported',
]);
/** Known parameters of which a value was not. */
const VALUED: ReadonlySet<string> = new Set(['include-unknown', 'sort-unsupported']);

function envelopeCriterion(name: ParameterName, value: string): Criterion {
  if (name.modifier !== undefined) throw unsupportedModifier(name);
  if (name.code === '_id')
    return { kind: 'id', ids: alternatives('_id', value, SEARCH_LIMITS.orKeys).map((part) => parseId('_id', part)) };
  const parts = alternatives(name.code, value, SEARCH_LIMITS.orRanges);
  return { kind: 'lastUpdated', values: parts.map((part) => parseDate(name.code, part)) };
}

/**
 * Understands a type-level search completely or refuses it (FHIR R4 search; `Prefer: handling=strict` unless
 * the client prefers otherwise: a parameter that is passed over in silence returns records nobody asked for).
 * @param query parameters in the order of the URL, percent-decoded
 * @throws ServiceError 400 `parameter-unknown`, `modifier-unsupported`, `parameter-value`, `sort-unsupported`
 */
export function parseSearch(
  definitions: Definitions,
  type: string,
  query: readonly (readonly [string, string])[],
  options: ParseOptions = {},
): SearchQuery {
  const known = searchableParameters(definitions, type);
  const criteria: Criterion[] = [];
  const graph: ParsedGraph = { linked: [], includes: [] };
  const control: SearchControl = { sort: [], count: SEARCH_LIMITS.defaultCount, answer: 'rows', total: false };
  const given = new Set<string>();
  const ignored: string[] = [];
  if (query.length > SEARCH_LIMITS.parameters) {
    const limit = SEARCH_LIMITS.parameters;
    throw badValue('*', String(query.length), {
      es: `más de ${limit} parámetros`,
      en: `more than ${limit} parameters`,
    });
  }
  const parse = (linkedType: string, asked: typeof query, levels: number): SearchQuery =>
    parseSearch(definitions, linkedType, asked, { ...options, lenient: false, levels });
  const passed = new Set<(typeof query)[number]>();
  const read = (text: string, value: string): void => {
    if (parseGraph(graph, { definitions, type, name: text, value, levels: options.levels, parse })) return;
    const name = splitName(text);
    const parameter = known.get(name.code);
    if (name.code === '_id' || name.code === '_lastUpdated') criteria.push(envelopeCriterion(name, value));
    else if (parameter) criteria.push(parameterCriterion(definitions, type, parameter, name, value, options));
    else if (!parseControl(control, type, text, value)) throw fault('parameter-unknown', { parameter: text, type });
    else if (given.has(text)) throw badValue(text, value, { es: 'se repite', en: 'it is given twice' });
    else given.add(text);
  };
  for (const pair of query) {
    try {
      read(...pair);
    } catch (error) {
      if (!options.lenient || !isServiceError(error) || !UNKNOWN.has(error.code)) throw error;
      passed.add(pair);
      ignored.push(VALUED.has(error.code) ? pair.join('=') : pair[0]);
    }
  }
  const parameters = query.filter((pair) => pair[0] !== '_cursor' && !passed.has(pair));
  return { type, criteria, ...graph, ...control, ignored, parameters };
}
