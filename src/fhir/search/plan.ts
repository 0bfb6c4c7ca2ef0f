import type { SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { among, equalityKeys, every, toFilter } from './filter.js';
import { SEARCH_LIMITS } from './limits.js';
import { namedPatients } from './search-pins.js';
import type { Criterion, SearchQuery } from './search-query.js';
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
  /** Set when no criterion finds rows by an index: these rows are looked through, so there must not be more than the cap. */
  readonly scanned?: Filter;
}

/** Patients whose compartment holds every match, when a criterion with at most one value names them. */
function compartmentOf({ type, criteria }: SearchQuery): readonly string[] {
  const pinning = criteria.find(
    (one) => one.kind === 'reference' && one.single && namedPatients(type, one) !== undefined,
  );
  return (pinning && namedPatients(type, pinning)) ?? [];
}

/** Does one of the ordered indexes answer this by equality, with no more scans than MongoDB merges in order? */
function isOrderedEquality(criterion: Criterion): boolean {
  const keys = equalityKeys(criterion)?.keys.length;
  return keys !== undefined && keys <= SEARCH_LIMITS.mergedScans;
}

/** Does it only sort rows out? What is not, is missing, or stands anywhere in a text is found by looking at everything. */
function onlyFilters(criterion: Criterion): boolean {
  if (criterion.kind === 'any') return criterion.of.some(onlyFilters);
  return (
    criterion.kind === 'not' || criterion.kind === 'contains' || (criterion.kind === 'missing' && criterion.missing)
  );
}

/** Does the filter pick rows by a list of values of one of the ordered fields, with no more scans than are merged? */
function isNarrow(filter: Filter, field: 'acc' | 'pt'): boolean {
  const asked = filter[field];
  if (typeof asked !== 'object' || asked === null) return asked !== undefined;
  return '$in' in asked && Array.isArray(asked.$in) && asked.$in.length <= SEARCH_LIMITS.mergedScans;
}

type Order = readonly (readonly [field: string, direction: 1 | -1])[];

function orderOf(query: SearchQuery, hasEquality: boolean): { order: Order; by: SearchPlan['order'] } {
  const main = mainSortField(query.type);
  const asked: Order = query.sort.map(({ key, direction }) => [key.field, direction]);
  const first = asked[0]?.[0];
  if (first === undefined) {
    const byId = query.criteria.some(({ kind }) => kind === 'id');
    return { order: [[byId ? '_id' : hasEquality ? main : 'lu', -1]], by: 'index' };
  }
  const indexed = hasEquality ? first === main : first === 'lu' || first === '_id';
  return { order: asked, by: indexed && asked.length === 1 ? 'index' : 'candidates' };
}

/** The sort keys and `_id` in the direction of the last of them, so that one index can be read both ways. */
function sortSpec(order: Order): SortSpec {
  const named = order.some(([field]) => field === '_id');
  return Object.fromEntries(named ? order : [...order, ['_id', order.at(-1)?.[1] ?? -1]]);
}

/**
 * Decides how a query is carried out (design.md 3a.14): declared pairs become one look-up, a query about one patient
 * names the compartment, and the order is settled. Without `_sort`: newest first in the type's main order when an
 * equality picks the rows, by `_id` when ids are listed, else by last update: each is the order of an index, so that
 * MongoDB may weigh "read in order and filter" against "find the few and sort them".
 * @param reach the caller's reach, AND-ed before anything is counted or capped (design.md 3.7)
 */
export function planSearch(query: SearchQuery, reach: Filter): SearchPlan {
  const patients = compartmentOf(query);
  const compartment = patients.length > 0 ? among('pt', patients) : {};
  const narrowed = isNarrow(reach, 'acc') || isNarrow(reach, 'pt') || isNarrow(compartment, 'pt');
  const { order, by } = orderOf(query, narrowed || query.criteria.some(isOrderedEquality));
  const { criteria } = query;
  return {
    filter: every([reach, compartment, toFilter(query)]),
    sort: sortSpec(order),
    order: by,
    ...(criteria.length > 0 && criteria.every(onlyFilters) ? { scanned: reach } : {}),
  };
}
