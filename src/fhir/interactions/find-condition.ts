import { authorize } from '../../access/policy/authorize.js';
import { searchScope } from '../../access/policy/visibility.js';
import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import type { AbsenceCondition } from '../../store/write-plan.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertAffordable } from '../search/page.js';
import { parseSearch } from '../search/parse.js';
import { CONTROL_PARAMETERS } from '../search/parse-control.js';
import { planSearch } from '../search/plan.js';
import { searchPins } from '../search/search-pins.js';

type Pairs = readonly (readonly [string, string])[];

/** Pairs of a query in canonical order: equal conditions share one lock. */
const inOrder = (query: Pairs): Pairs =>
  [...query].sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));

/** Query of a header or of a conditional URL, as pairs. */
export const conditionPairs = (text: string): Pairs => [...new URLSearchParams(text.replace(/^\?/, ''))];

/** Canonical text `Type?query` of a condition. */
export const conditionKey = (type: string, query: Pairs): string =>
  `${type}?${new URLSearchParams(inOrder(query) as [string, string][]).toString()}`;

/**
 * Condition of a conditional interaction, narrowed to what the caller may see: what is out of reach is not found. Throws
 * 400 for a query that searches nothing, that the search parser refuses or that is too costly, or that steers an answer (`_count`, `_sort`);
 * 403 when the token may not search: the answer shows what was found.
 */
export async function parseCondition(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  given: Pairs,
): Promise<AbsenceCondition> {
  authorize(request.caller, 'search-type', type);
  const [control] = given.find(([name]) => CONTROL_PARAMETERS.includes(name)) ?? [];
  if (control !== undefined) throw fault('parameter-unknown', { parameter: control, type });
  const query = parseSearch(context.definitions, type, inOrder(given), { baseUrl: context.baseUrl });
  if (query.criteria.length === 0) throw fault('condition-empty');
  const scope = await searchScope(context.store, request.caller, type, searchPins(type, query));
  const plan = planSearch(query, scope.filter);
  await assertAffordable(context.store, type, plan, request.signal);
  return { key: conditionKey(type, given), type, filter: plan.filter };
}

/** A condition and what it finds. */
export interface FoundCondition {
  readonly condition: AbsenceCondition;
  readonly found?: FoundResource;
}

/**
 * Condition of a conditional interaction and what it finds now. This is a first look: that nothing matches is checked again
 * inside the write's transaction, under the lock of the condition; what matches is pinned by its version, for whether it
 * matches depends on nothing else. Throws 412 `match-multiple` when it finds several.
 * @param given text of an If-None-Exist header, or the parameters of a URL
 */
export async function findCondition(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  given: string | Pairs,
): Promise<FoundCondition> {
  const [pairs, place] =
    typeof given === 'string' ? [conditionPairs(given), 'http.if-none-exist'] : [given, 'http.url'];
  if (typeof given === 'string' && pairs.every(([name]) => CONTROL_PARAMETERS.includes(name)))
    throw fault('header-invalid', { header: 'If-None-Exist', value: given }, place);
  const condition = await parseCondition(context, request, type, pairs);
  const matches = await context.store.find(type, condition.filter, { limit: 2 });
  if (matches.length > 1) throw fault('match-multiple', {}, place);
  return { condition, ...(matches[0] ? { found: matches[0] } : {}) };
}
