import { evalFhirPathTyped, toTypedValue } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import type { SearchValues } from '../../store/envelope.js';
import type { Definitions } from '../definitions/definitions.js';
import type { CompositeGroup } from './composite-shape.js';
import { walkPath } from './compile-path.js';
import { Gathered, type Scalar } from './gathered.js';
import { indexKeys, type IndexedAs } from './index-keys.js';
import { SEARCH_LIMITS } from './limits.js';
import { normalizeText } from './normalize-text.js';
import { pairsOf } from './pairs.js';
import { type SearchableParameter, searchableParameters } from './parameters.js';
import { compositeParam, pairKey } from './search-keys.js';
import { extractedSortKeys, type SortKey } from './sort-keys.js';
import { intervalsOf, sortTextOf, tokensOf } from './value-forms.js';

type Found = (value: unknown, type: string) => void;
type Gatherer = (resource: Resource, into: Gathered) => void;

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

/** Numbers and dates keep the system of a composite's code beside them; texts and keys stand once with and once without. */
const KEEPS_SYSTEM: ReadonlySet<string> = new Set(['date', 'quantity']);

/** Adds what one element says: each value of the second part under each code of the first. */
function addElement(
  param: string,
  as: IndexedAs,
  { first, second }: CompositeGroup,
  element: unknown,
  into: Gathered,
): void {
  for (const path of first)
    walkPath(path, element, (coded, codedType) => {
      for (const { system, code } of tokensOf(codedType, coded))
        for (const inside of second)
          walkPath(inside, element, (value, type) => {
            const t = KEEPS_SYSTEM.has(as.kind) ? { t: system ?? '' } : {};
            into.add(indexKeys({ ...as, code: compositeParam(param, code), ...t }, type, value));
            if (!KEEPS_SYSTEM.has(as.kind) && system !== undefined)
              into.add(indexKeys({ ...as, code: compositeParam(param, code, system) }, type, value));
          });
    });
}

function compositeGatherer({ code, composite }: SearchableParameter): Gatherer {
  if (!composite) return () => undefined;
  const as: IndexedAs = { code, kind: composite.second, targets: composite.targets, bare: true };
  return (resource, into) => {
    for (const group of composite.groups)
      walkPath(group.group, resource, (element) => addElement(code, as, group, element, into));
  };
}

function gathererOf(parameter: SearchableParameter, sortKey: SortKey | undefined): Gatherer {
  if (parameter.composite) return compositeGatherer(parameter);
  return (resource, into) => {
    const found: Found = (value, type) => {
      into.addValue(parameter, indexKeys(parameter, type, value));
      const scalar = sortKey && scalarOf(sortKey, parameter.kind, type, value);
      if (scalar !== undefined) into.lowest(parameter.code, scalar);
    };
    for (const path of parameter.paths) walkPath(path, resource, found);
    if (!parameter.ast) return;
    for (const typed of evalFhirPathTyped(parameter.ast, [toTypedValue(resource)])) found(typed.value, typed.type);
  };
}

type Indexer = (resource: Resource) => Gathered;

function makeIndexer(definitions: Definitions, type: string): Indexer {
  const pairs = pairsOf(type);
  const sortKeys = new Map(extractedSortKeys(type).map((key) => [key.param, key]));
  const gatherers = [...searchableParameters(definitions, type).values()]
    .filter(({ union }) => union === undefined)
    .map((parameter) => gathererOf(parameter, sortKeys.get(parameter.code)));
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
 * @param resource FHIR JSON, numbers as they were written (src/fhir/exact-json.ts), references relative to this server
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
