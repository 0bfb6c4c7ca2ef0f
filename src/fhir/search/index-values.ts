import { evalFhirPathTyped, toTypedValue } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import type { DateValue, SearchValues } from '../../store/envelope.js';
import type { Definitions } from '../definitions/definitions.js';
import { walkPath } from './compile-path.js';
import { dateKeys } from './date-keys.js';
import { SEARCH_LIMITS } from './limits.js';
import { normalizeText } from './normalize-text.js';
import { pairsOf } from './pairs.js';
import { type SearchableParameter, searchableParameters } from './parameters.js';
import { codeTokenKey, pairKey, systemTokenKey, textKeys, uriKey } from './search-keys.js';
import { extractedSortKeys, type SortKey } from './sort-keys.js';
import { intervalsOf, referenceKeysOf, sortTextOf, textsOf, tokensOf, urisOf } from './value-forms.js';

type Scalar = string | Date;
type Found = (value: unknown, type: string) => void;

/** What is gathered of one resource. */
class Gathered {
  readonly tok = new Set<string>();
  readonly ref = new Set<string>();
  readonly str = new Set<string>();
  readonly uri = new Set<string>();
  readonly dat: DateValue[] = [];
  readonly k: Record<string, Scalar> = {};

  lowest(param: string, value: Scalar): void {
    const known = this.k[param];
    if (known === undefined || value < known) this.k[param] = value;
  }

  values(): SearchValues {
    return { tok: [...this.tok], ref: [...this.ref], str: [...this.str], dat: this.dat, uri: [...this.uri] };
  }
}

const DIGITS_OF_RANK = 2;

function scalarOf(key: SortKey, kind: SearchableParameter['kind'], type: string, value: unknown): Scalar | undefined {
  if (kind === 'date') {
    const [interval] = intervalsOf(type, value);
    return interval && new Date(interval.lo);
  }
  if (key.ranks) {
    const rank = tokensOf(type, value).map(({ code }) => key.ranks?.indexOf(code) ?? -1)[0];
    return rank === undefined || rank < 0 ? undefined : String(rank).padStart(DIGITS_OF_RANK, '0');
  }
  const text = sortTextOf(type, value);
  return text === undefined ? undefined : normalizeText(text).slice(0, SEARCH_LIMITS.textLength);
}

/** Adds the keys of one value of a parameter. */
function add(into: Gathered, { code, kind, targets }: SearchableParameter, type: string, value: unknown): void {
  switch (kind) {
    case 'token':
      for (const token of tokensOf(type, value)) {
        if (token.system !== undefined) into.tok.add(systemTokenKey(code, token.system, token.code));
        into.tok.add(codeTokenKey(code, token.code));
      }
      return;
    case 'reference':
      for (const key of referenceKeysOf(code, type, value, targets)) into.ref.add(key);
      return;
    case 'string':
      for (const text of textsOf(type, value)) for (const key of textKeys(code, text)) into.str.add(key);
      return;
    case 'date':
      for (const interval of intervalsOf(type, value)) into.dat.push(dateKeys(code, interval));
      return;
    case 'uri':
      for (const uri of urisOf(type, value)) into.uri.add(uriKey(code, uri));
  }
}

const belongsTo = (param: string, key: string): boolean =>
  key.startsWith(param) && (key[param.length] === '~' || key[param.length] === '|');

function joinPairs(into: Gathered, pairs: readonly (readonly [string, string])[]): void {
  if (pairs.length === 0) return;
  const keys = [...into.tok, ...into.ref];
  for (const [a, b] of pairs) {
    const right = keys.filter((key) => belongsTo(b, key));
    for (const left of keys) if (belongsTo(a, left)) for (const key of right) into.tok.add(pairKey(a, b, left, key));
  }
}

type Indexer = (resource: Resource) => Gathered;

function makeIndexer(definitions: Definitions, type: string): Indexer {
  const pairs = pairsOf(type);
  const sortKeys = new Map(extractedSortKeys(type).map((key) => [key.param, key]));
  const gatherers = [...searchableParameters(definitions, type).values()].map((parameter) => {
    const sortKey = sortKeys.get(parameter.code);
    return (resource: Resource, into: Gathered): void => {
      const found: Found = (value, valueType) => {
        add(into, parameter, valueType, value);
        const scalar = sortKey && scalarOf(sortKey, parameter.kind, valueType, value);
        if (scalar !== undefined) into.lowest(parameter.code, scalar);
      };
      for (const path of parameter.paths) walkPath(path, resource, found);
      if (!parameter.ast) return;
      for (const typed of evalFhirPathTyped(parameter.ast, [toTypedValue(resource)])) found(typed.value, typed.type);
    };
  });
  return (resource) => {
    const into = new Gathered();
    for (const gather of gatherers) gather(resource, into);
    joinPairs(into, pairs);
    return into;
  };
}

const indexers = new WeakMap<Definitions, Map<string, Indexer>>();

/**
 * Search values and sort scalars of a resource, for its envelope. The forms are documented on `SearchValues`;
 * every search parameter of the type is covered, `_id` and `_lastUpdated` excepted (they are envelope fields).
 * @param resource plain FHIR JSON (numbers as numbers), references relative to this server
 */
export function indexValues(
  definitions: Definitions,
  resource: Resource,
): { s: SearchValues; k: Record<string, Scalar> } {
  const byType = indexers.get(definitions) ?? new Map<string, Indexer>();
  indexers.set(definitions, byType);
  const indexer = byType.get(resource.resourceType) ?? makeIndexer(definitions, resource.resourceType);
  byType.set(resource.resourceType, indexer);
  const gathered = indexer(resource);
  return { s: gathered.values(), k: gathered.k };
}
