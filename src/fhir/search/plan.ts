import type { SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { conditionFilter, every, among, tokenKey } from './filter.js';
import { SEARCH_LIMITS } from './limits.js';
import { pairsOf } from './pairs.js';
import { pairKey, referenceKey } from './search-keys.js';
import type { Condition, SearchQuery, SortTerm } from './search-query.js';
import { mainSortField } from './sort-keys.js';

/** How a query is carried out. */
export interface SearchPlan {
  readonly filter: Filter;
  /** Total order of the rows: the sort keys, then `_id`. */
  readonly sort: SortSpec;
  /**
   * `index`: an index gives the order, a page costs a page. `candidates`: all matches are sorted for each page, so there
   * must not be more of them than the cap.
   */
  readonly order: 'index' | 'candidates';
  /** What the query pins down, for the access policy. */
  readonly pins: { readonly patients: readonly string[]; readonly exactIdentifier: boolean };
}

const PATIENT = 'Patient/';

/** Keys that a condition asks for by equality in `s.tok` or `s.ref`; undefined when it asks for a range. */
function equalityKeys(condition: Condition): string[] | undefined {
  if (condition.kind === 'reference') return condition.targets.map((target) => referenceKey(condition.param, target));
  if (condition.kind !== 'token') return undefined;
  const keys = condition.values.map((value) => tokenKey(condition.param, value));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

const byParam = (conditions: readonly Condition[], param: string): Condition | undefined =>
  conditions.find((condition) => 'param' in condition && condition.param === param);

/** Puts one joined look-up in the place of two conditions, as often as declared pairs allow: the same rows, one scan. */
function joinPairs(type: string, conditions: readonly Condition[]): Filter[] {
  let left = [...conditions];
  const joined: Filter[] = [];
  for (const [a, b] of pairsOf(type)) {
    const [first, second] = [byParam(left, a), byParam(left, b)];
    const keysA = first && equalityKeys(first);
    const keysB = second && equalityKeys(second);
    if (!keysA || !keysB || keysA.length * keysB.length > SEARCH_LIMITS.pairKeys) continue;
    joined.push(among('s.tok', keysA.flatMap((x) => keysB.map((y) => pairKey(a, b, x, y)))));
    left = left.filter((condition) => condition !== first && condition !== second);
  }
  return [...joined, ...left.map(conditionFilter)];
}

/** Patients of the first condition that names nothing but patients. */
function pinnedPatients(query: SearchQuery): { ids: readonly string[]; single: boolean } {
  for (const condition of query.conditions) {
    if (condition.kind === 'id' && query.type === 'Patient') return { ids: condition.ids, single: true };
    if (condition.kind !== 'reference' || !isPatientParam(condition.param)) continue;
    if (condition.targets.every((target) => target.startsWith(PATIENT)))
      return { ids: condition.targets.map((target) => target.slice(PATIENT.length)), single: condition.single };
  }
  return { ids: [], single: false };
}

/** Parameters whose patient is the one whose compartment the resource is in (`pt`). */
const isPatientParam = (param: string): boolean => param === 'patient' || param === 'subject';

const asksIdentifier = (condition: Condition): boolean =>
  condition.kind === 'token' &&
  condition.param === 'identifier' &&
  condition.values.every(({ system, code }) => Boolean(system) && code !== undefined);

/** Conditions that one of the ordered indexes answers by equality, and not by more scans than can be merged. */
function hasOrderedEquality(query: SearchQuery, patients: number): boolean {
  const merged = (count: number): boolean => count > 0 && count <= SEARCH_LIMITS.mergedScans;
  return (
    merged(patients) ||
    query.conditions.some((condition) =>
      condition.kind === 'uri' ? merged(condition.uris.length) : merged(equalityKeys(condition)?.length ?? 0),
    )
  );
}

function orderOf(query: SearchQuery, hasEquality: boolean): { terms: readonly SortTerm[]; order: SearchPlan['order'] } {
  const field = query.sort[0]?.key.field;
  const main = mainSortField(query.type);
  const term = (param: string): SortTerm => ({ key: { param, field: param }, direction: -1 });
  if (field === undefined) {
    if (query.conditions.some(({ kind }) => kind === 'id')) return { terms: [term('_id')], order: 'index' };
    return { terms: [term(hasEquality ? main : 'lu')], order: 'index' };
  }
  const indexed = query.sort.length === 1 && (field === '_id' || field === 'lu' ? !hasEquality || field === main : field === main && hasEquality);
  return { terms: query.sort, order: indexed ? 'index' : 'candidates' };
}

/** The sort keys and `_id` in the direction of the last of them, so that an index can be read both ways. */
function sortSpec(terms: readonly SortTerm[]): SortSpec {
  const last = terms.at(-1)?.direction ?? -1;
  const fields = terms.map(({ key, direction }) => [key.field, direction] as const);
  return Object.fromEntries([...fields, ...(terms.some(({ key }) => key.field === '_id') ? [] : [['_id', last] as const])]);
}

/**
 * Decides how a query is carried out (design.md 3a.14): declared pairs become one look-up, a query about one patient
 * names the compartment, and the order is settled. Without `_sort`: newest first in the type's main order when an
 * equality picks the rows, by `_id` when ids are listed, else by last update: each is the order of an index.
 */
export function planSearch(query: SearchQuery): SearchPlan {
  const patients = pinnedPatients(query);
  const compartment = query.type !== 'Patient' && patients.single && patients.ids.length > 0;
  const { terms, order } = orderOf(query, hasOrderedEquality(query, compartment ? patients.ids.length : 0));
  const filters = joinPairs(query.type, query.conditions);
  return {
    filter: every([...(compartment ? [among('pt', patients.ids)] : []), ...filters]),
    sort: sortSpec(terms),
    order,
    pins: {
      patients: patients.ids,
      exactIdentifier: query.type === 'Patient' && query.conditions.some(asksIdentifier),
    },
  };
}
