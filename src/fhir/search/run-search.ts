import { isByFacility } from '../../access/policy/linked-scope.js';
import { isRelated } from '../../access/policy/related-patients.js';
import { type SearchPins, type SearchScope, searchScope } from '../../access/policy/visibility.js';
import { toOperationOutcome } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { HeadLoader } from '../head-loader.js';
import { projectResource } from '../project-resource.js';
import type { ResourceView } from '../resource-view.js';
import { fetchIncluded, type Included } from './fetch-included.js';
import { every } from './filter.js';
import type { KeysetPage, PageStart } from './keyset-page.js';
import { SEARCH_LIMITS } from './limits.js';
import { assertAffordable, fetchPage } from './page.js';
import { planSearch, type SearchPlan } from './plan.js';
import { resolveLinked } from './resolve-linked.js';
import { searchPins } from './search-pins.js';
import type { SearchQuery } from './search-query.js';
import type { SearchsetEntry } from './searchset.js';

/** What answers a query, as the caller may see it. */
export interface FoundPage extends Pick<KeysetPage<object>, 'next' | 'previous'> {
  readonly entries: readonly SearchsetEntry[];
  /** `Type/id` of all that is shown, for the audit. */
  readonly ent: readonly string[];
  /** Patients of all that is shown. */
  readonly pt: readonly string[];
  readonly total?: number;
}

export interface RunOptions {
  /** Patient id, when the search stays within one patient's compartment. */
  readonly compartment: string | undefined;
  readonly view: ResourceView | undefined;
  /** Start of the page, from the number of sort fields. */
  readonly startOf: (length: number) => PageStart | undefined;
}

/** Patients out of a list with whom one of the caller's facilities has a relation; none when that is not what counts. */
async function relatedOf(heads: HeadLoader, request: FhirRequest, ids: readonly string[]): Promise<readonly string[]> {
  if (!isByFacility(request.caller, 'Patient')) return [];
  const patients = await heads.heads('Patient', [...new Set(ids)]);
  return patients.filter((patient) => isRelated(request.caller, patient)).map(({ _id }) => _id);
}

/** The reach within one compartment. Where it names the patient already it stays as it is: the planner reads it. */
function within(reach: Filter, compartment: string | undefined): Filter {
  if (compartment === undefined) return reach;
  const { pt } = reach;
  if (pt === undefined) return { ...reach, pt: compartment };
  const named = typeof pt === 'object' && pt !== null && '$in' in pt ? (pt.$in as readonly unknown[]) : [pt];
  return named.length === 1 && named[0] === compartment ? reach : every([reach, { pt: compartment }]);
}

function pinsOf(query: SearchQuery, compartment: string | undefined): SearchPins {
  const pins = searchPins(query.type, query);
  return compartment === undefined ? pins : { patients: [compartment], exactIdentifier: false };
}

/** Patients that the query itself names: what the caller may know of them counts at its links too. */
function namedBy(query: SearchQuery, pins: SearchPins): readonly string[] {
  if (query.type !== 'Patient') return pins.patients;
  return query.criteria.flatMap((criterion) => (criterion.kind === 'id' ? criterion.ids : []));
}

async function planOf(
  context: FhirContext,
  request: FhirRequest,
  heads: HeadLoader,
  query: SearchQuery,
  compartment: string | undefined,
): Promise<{ plan: SearchPlan; scope: SearchScope }> {
  const { store, definitions } = context;
  const { caller, signal } = request;
  const pins = pinsOf(query, compartment);
  const scope = await searchScope(heads, caller, query.type, pins);
  const reach = within(scope.filter, compartment);
  if (query.linked.length === 0) return { plan: planSearch(query, reach), scope };
  const related = await relatedOf(heads, request, namedBy(query, pins));
  const links = { store, definitions, caller, related, ...(signal ? { signal } : {}) };
  const resolved = await resolveLinked(links, query, reach);
  return { plan: planSearch(resolved.query, within(resolved.reach, compartment)), scope };
}

/** Includes of a page. A person who is shown masked leads nowhere: where somebody is treated is not for strangers. */
async function includedOf(
  context: FhirContext,
  request: FhirRequest,
  heads: HeadLoader,
  { type, includes }: SearchQuery,
  rows: readonly FoundResource[],
): Promise<Included> {
  if (includes.length === 0 || rows.length === 0) return { rows: [], cut: false };
  const { store } = context;
  const { caller, signal } = request;
  const patients = rows.flatMap(({ pt }) => (pt === undefined ? [] : [pt]));
  const related = await relatedOf(heads, request, patients);
  const how = { store, caller, related, ...(signal ? { signal } : {}) };
  return fetchIncluded(
    how,
    rows.map((row) => ({ type, row })),
    includes,
  );
}

const cutNotice = (): SearchsetEntry => ({
  mode: 'outcome',
  json: JSON.stringify(
    toOperationOutcome([{ code: 'include-cut', severity: 'warning', params: { limit: SEARCH_LIMITS.included } }]),
  ),
});

/**
 * Carries a query out: the links, one page, its total, what is included, each cut down to the view. At most two round
 * trips to the database, one more for each level of links and of includes, and one where relations to patients count.
 * @throws ServiceError as `fetchPage` and `resolveLinked`
 */
export async function runSearch(
  context: FhirContext,
  request: FhirRequest,
  query: SearchQuery,
  { compartment, view, startOf }: RunOptions,
): Promise<FoundPage> {
  const { store, baseUrl, definitions } = context;
  const { type, count, includes } = query;
  const heads = new HeadLoader(store);
  const { plan, scope } = await planOf(context, request, heads, query, compartment);
  const start = startOf(Object.keys(plan.sort).length);
  const signal = request.signal ? { signal: request.signal } : {};
  if (query.answer === 'count' || query.total) await assertAffordable(store, type, plan, request.signal);
  if (query.answer === 'count')
    return { entries: [], ent: [], pt: [], total: await store.count(type, plan.filter, signal) };
  const [page, total] = await Promise.all([
    fetchPage(store, type, plan, { count, start, references: includes.length > 0, ...signal }),
    query.total ? store.count(type, plan.filter, signal) : undefined,
  ]);
  const shown = page.rows.map((row) => (scope.mask ? scope.mask(row) : row));
  const known = page.rows.filter((row, index) => shown[index] === row);
  const included = await includedOf(context, request, heads, query, known);
  const entry = (of: string, { _id, json }: FoundResource, seen: ResourceView | undefined): SearchsetEntry => ({
    fullUrl: `${baseUrl}/${of}/${_id}`,
    json: seen ? projectResource(definitions, of, json, seen) : json,
  });
  // `_elements` names elements of the searched type.
  const aside = view?.summary ? view : undefined;
  const all = [...page.rows, ...included.rows.map(({ row }) => row)];
  return {
    entries: [
      ...shown.map((row) => entry(type, row, view)),
      ...included.rows.map(({ type: of, row }): SearchsetEntry => ({ ...entry(of, row, aside), mode: 'include' })),
      ...(included.cut ? [cutNotice()] : []),
    ],
    ent: [...page.rows.map(({ _id }) => `${type}/${_id}`), ...included.rows.map((one) => `${one.type}/${one.row._id}`)],
    pt: [...new Set(all.flatMap(({ pt }) => (pt === undefined ? [] : [pt])))],
    ...(total === undefined ? {} : { total }),
    ...(page.next ? { next: page.next } : {}),
    ...(page.previous ? { previous: page.previous } : {}),
  };
}
