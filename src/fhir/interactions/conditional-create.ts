import { authorize } from '../../access/policy/authorize.js';
import { searchScope } from '../../access/policy/visibility.js';
import { fault } from '../../errors.js';
import type { AbsenceCondition } from '../../store/write-plan.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertAffordable } from '../search/page.js';
import { parseSearch } from '../search/parse.js';
import { planSearch } from '../search/plan.js';
import { searchPins } from '../search/search-pins.js';

/** Query of an If-None-Exist header as pairs, in canonical order: equal conditions share one lock. */
function canonicalQuery(text: string): readonly (readonly [string, string])[] {
  const query = [...new URLSearchParams(text.replace(/^\?/, ''))];
  return query.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
}

/**
 * Condition of a conditional create, narrowed to what the caller may see. Throws 400 for a query that searches
 * nothing, that the search parser refuses or that is too costly, 403 when the token may not search: the answer shows what was found.
 */
export async function parseCondition(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  text: string,
): Promise<AbsenceCondition> {
  authorize(request.caller, 'search-type', type);
  const pairs = canonicalQuery(text);
  const query = parseSearch(context.definitions, type, pairs, { baseUrl: context.baseUrl });
  if (query.criteria.length === 0)
    throw fault('header-invalid', { header: 'If-None-Exist', value: text }, 'http.if-none-exist');
  const scope = await searchScope(context.store, request.caller, type, searchPins(type, query));
  const plan = planSearch(query, scope.filter);
  await assertAffordable(context.store, type, plan, request.signal);
  return {
    key: `${type}?${new URLSearchParams(pairs as [string, string][]).toString()}`,
    type,
    filter: plan.filter,
  };
}
