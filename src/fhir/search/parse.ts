import { fault } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';
import { SEARCH_LIMITS } from './limits.js';
import { type ParsedGraph, parseGraph } from './parse-graph.js';
import { type SearchableParameter, searchableParameters } from './parameters.js';
import {
  alternatives,
  badValue,
  parseDate,
  parseId,
  parsePrefix,
  parseReference,
  parseText,
  parseToken,
} from './parse-values.js';
import { parseControl, type SearchControl } from './parse-control.js';
import type { Criterion, SearchQuery } from './search-query.js';

export interface ParseOptions {
  /** Our own FHIR base: references under it are taken as relative. */
  readonly baseUrl?: string;
  /** Links that chains and `_has` may follow; when absent, they and includes are refused. */
  readonly levels?: number;
}

interface Name {
  readonly code: string;
  readonly modifier?: string;
}

function splitName(name: string): Name {
  const at = name.indexOf(':');
  return at < 0 ? { code: name } : { code: name.slice(0, at), modifier: name.slice(at + 1) };
}

const unsupported = ({ code, modifier = '' }: Name): Error =>
  fault('modifier-unsupported', { parameter: code, modifier });

function envelopeCriterion(name: Name, value: string): Criterion {
  if (name.modifier !== undefined) throw unsupported(name);
  if (name.code === '_id')
    return { kind: 'id', ids: alternatives('_id', value, SEARCH_LIMITS.orKeys).map((part) => parseId('_id', part)) };
  const parts = alternatives(name.code, value, SEARCH_LIMITS.orRanges);
  return { kind: 'lastUpdated', values: parts.map((part) => parseDate(name.code, part)) };
}

const isPatient = (target: string): boolean => target.startsWith('Patient/');

/** A token, reference or uri. A subject that is a patient is asked as `patient`: the same rows, and the planner knows it. */
function keyedCriterion(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  name: Name,
  value: string,
  options: ParseOptions,
): Criterion {
  const known = searchableParameters(definitions, type);
  const { code: param, kind } = parameter;
  const parts = alternatives(param, value, SEARCH_LIMITS.orKeys);
  if (kind === 'reference') {
    if (name.modifier !== undefined && !parameter.targets.includes(name.modifier)) throw unsupported(name);
    const found = parts.flatMap((part) => parseReference(parameter, part, name.modifier, options.baseUrl));
    const targets = [...new Set(found)];
    const patient = param === 'subject' && targets.every(isPatient) ? known.get('patient') : undefined;
    return { kind, param: patient?.code ?? param, targets, single: (patient ?? parameter).single };
  }
  if (name.modifier !== undefined) throw unsupported(name);
  if (kind === 'token')
    return { kind, param, values: parts.map((part) => parseToken(definitions, type, parameter, part)) };
  return { kind: 'uri', param, uris: parts.map((part) => parseText(param, part)) };
}

function rangedCriterion({ code: param, kind }: SearchableParameter, name: Name, value: string): Criterion {
  const parts = alternatives(param, value, SEARCH_LIMITS.orRanges);
  if (kind === 'string') {
    const exact = name.modifier === 'exact';
    if (name.modifier !== undefined && !exact) throw unsupported(name);
    return {
      kind,
      param,
      exact,
      texts: parts.map((part) => (exact ? parseText(param, part) : parsePrefix(param, part))),
    };
  }
  if (name.modifier !== undefined) throw unsupported(name);
  return { kind: 'date', param, values: parts.map((part) => parseDate(param, part)) };
}

/**
 * Understands a type-level search completely or refuses it (FHIR R4 search; `Prefer: handling=strict` for everybody:
 * a parameter that is passed over in silence returns records nobody asked for).
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
  if (query.length > SEARCH_LIMITS.parameters) {
    const limit = SEARCH_LIMITS.parameters;
    throw badValue('*', String(query.length), {
      es: `más de ${limit} parámetros`,
      en: `more than ${limit} parameters`,
    });
  }
  const parse = (linkedType: string, asked: typeof query, levels: number): SearchQuery =>
    parseSearch(definitions, linkedType, asked, { ...options, levels });
  for (const [text, value] of query) {
    if (parseGraph(graph, { definitions, type, name: text, value, levels: options.levels, parse })) continue;
    const name = splitName(text);
    const parameter = known.get(name.code);
    if (name.code === '_id' || name.code === '_lastUpdated') criteria.push(envelopeCriterion(name, value));
    else if (parameter?.kind === 'string' || parameter?.kind === 'date')
      criteria.push(rangedCriterion(parameter, name, value));
    else if (parameter) criteria.push(keyedCriterion(definitions, type, parameter, name, value, options));
    else if (!parseControl(control, type, text, value)) throw fault('parameter-unknown', { parameter: text, type });
    else if (given.has(text)) throw badValue(text, value, { es: 'se repite', en: 'it is given twice' });
    else given.add(text);
  }
  return { type, criteria, ...graph, ...control, parameters: query.filter(([text]) => text !== '_cursor') };
}
