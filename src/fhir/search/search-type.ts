import { fault } from '../../errors.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { parseView } from '../resource-view.js';
import { ignoredEntries, prefersLenient } from './lenient.js';
import { SEARCH_LIMITS } from './limits.js';
import { parseSearch } from './parse.js';
import { badValue } from './parse-values.js';
import { runSearch } from './run-search.js';
import { searchAuditEvents } from './search-audit-events.js';
import { queryText, searchLinks } from './search-links.js';
import { searchsetText } from './searchset.js';

/** A search as its route sees it. */
export interface SearchPlace {
  /** Patient id, when the search stays within one patient's compartment. */
  readonly compartment?: string;
}

/**
 * FHIR search on one type (R4 http.html 3.1.0.9, `GET [base]/[type]?...` and `POST [type]/_search`): a searchset of what
 * matches and the caller may see, and of what was asked for around it, audited before it leaves.
 * @throws ServiceError 415 for parameters in a body of JSON (they would be ignored, and everything found), 400 for a query
 *   that is not understood completely or is too costly, 403 where a chain goes over a type that the caller may never search
 */
export async function searchType(
  context: FhirContext,
  request: FhirRequest,
  { compartment }: SearchPlace = {},
): Promise<FhirResponse> {
  const { type = '' } = request;
  const { definitions, baseUrl } = context;
  if (request.body !== undefined) throw fault('search-body', { contentType: 'application/fhir+json' });
  if (type === 'AuditEvent') return searchAuditEvents(context, request);
  const query = parseSearch(definitions, type, request.query, {
    baseUrl,
    levels: SEARCH_LIMITS.linkLevels,
    lenient: prefersLenient(request),
  });
  const view = parseView(definitions, type, request.query, { count: true });
  if (view?.summary === 'text' && query.includes.length > 0)
    throw badValue('_summary', 'text', { es: 'no va con _include', en: 'it does not go with _include' });
  const place = compartment === undefined ? type : `Patient/${compartment}/${type}`;
  const links = searchLinks(context, request, query, place);
  const found = await runSearch(context, request, query, {
    compartment,
    view,
    startOf: (length) => links.start(length),
  });
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: 'search-type',
      pt: found.pt,
      ent: found.ent,
      q: `${place}?${queryText(query.parameters)}`,
    }),
  );
  const { entries, total } = found;
  const body = searchsetText({
    links: links.of(found),
    entries: [...entries, ...ignoredEntries(query)],
    ...(total === undefined ? {} : { total }),
  });
  return { status: 200, headers: {}, body };
}
