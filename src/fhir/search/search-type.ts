import { searchScope } from '../../access/policy/visibility.js';
import { fault } from '../../errors.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertAffordable, fetchPage } from './page.js';
import { ignoredOutcome, prefersLenient } from './lenient.js';
import { parseSearch } from './parse.js';
import { planSearch } from './plan.js';
import { searchAuditEvents } from './search-audit-events.js';
import { queryText, type SearchLinks, searchLinks } from './search-links.js';
import { searchPins } from './search-pins.js';
import type { SearchQuery } from './search-query.js';
import { type SearchsetEntry, searchsetText } from './searchset.js';

/** The rows that answer a query, as the caller may see them. */
interface Found {
  readonly entries: readonly SearchsetEntry[];
  readonly ent: readonly string[];
  readonly pt: readonly string[];
  readonly total?: number;
  readonly next?: string;
}

async function run(context: FhirContext, request: FhirRequest, query: SearchQuery, links: SearchLinks): Promise<Found> {
  const { store, baseUrl } = context;
  const { type } = query;
  const scope = await searchScope(store, request.caller, type, searchPins(type, query));
  const plan = planSearch(query, scope.filter);
  const signal = request.signal ? { signal: request.signal } : {};
  const after = links.start(Object.keys(plan.sort).length);
  if (query.answer === 'count' || query.total) await assertAffordable(store, type, plan, request.signal);
  if (query.answer === 'count')
    return { entries: [], ent: [], pt: [], total: await store.count(type, plan.filter, signal) };
  const [page, total] = await Promise.all([
    fetchPage(store, type, plan, { count: query.count, ...(after ? { after } : {}), ...signal }),
    query.total ? store.count(type, plan.filter, signal) : undefined,
  ]);
  const seen = page.rows.map((row) => (scope.mask ? scope.mask(row) : row));
  return {
    entries: seen.map(({ _id, json }) => ({ fullUrl: `${baseUrl}/${type}/${_id}`, json })),
    ent: page.rows.map(({ _id }) => `${type}/${_id}`),
    pt: [...new Set(page.rows.flatMap(({ pt }) => (pt === undefined ? [] : [pt])))],
    ...(total === undefined ? {} : { total }),
    ...(page.next ? { next: links.next(page.next) } : {}),
  };
}

/**
 * FHIR search on one type (R4 http.html 3.1.0.9, `GET [base]/[type]?...` and `POST [type]/_search`): a searchset of what
 * matches and the caller may see, audited before it leaves.
 * @throws ServiceError 415 for parameters in a body of JSON (they would be ignored, and everything found), 400 for a query
 *   that is not understood completely or is too costly
 */
export async function searchType(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '' } = request;
  if (request.body !== undefined) throw fault('search-body', { contentType: 'application/fhir+json' });
  if (type === 'AuditEvent') return searchAuditEvents(context, request);
  const query = parseSearch(context.definitions, type, request.query, {
    baseUrl: context.baseUrl,
    lenient: prefersLenient(request),
  });
  const links = searchLinks(context, request, query);
  const found = await run(context, request, query, links);
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: 'search-type',
      pt: found.pt,
      ent: found.ent,
      q: `${type}?${queryText(query.parameters)}`,
    }),
  );
  return { status: 200, headers: {}, body: searchsetText({ self: links.self, ...found, ...ignoredOutcome(query) }) };
}
