import { actorNames } from '../../access/account-names.js';
import { toAuditEvent } from '../../access/audit-event.js';
import { auditAsSeenBy } from '../../access/policy/audit-view.js';
import { auditDraft } from '../audit-draft.js';
import { stringifyFhir } from '../exact-json.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { projectResource } from '../project-resource.js';
import { parseView } from '../resource-view.js';
import { auditEventFilter, auditEventSort } from './audit-event-filter.js';
import { auditReach } from './audit-reach.js';
import { every } from './filter.js';
import { pageRange, toPage } from './keyset-page.js';
import { ignoredEntries, prefersLenient } from './lenient.js';
import { parseSearch } from './parse.js';
import { queryText, searchLinks } from './search-links.js';
import { type SearchsetEntry, searchsetText } from './searchset.js';

/**
 * Search on AuditEvent: audit records, shaped as AuditEvents when they leave. Looking at the audit is audited too.
 * @throws ServiceError 400 for a query that is not understood completely
 */
export async function searchAuditEvents(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { store, baseUrl } = context;
  const query = parseSearch(context.definitions, 'AuditEvent', request.query, {
    baseUrl,
    lenient: prefersLenient(request),
  });
  const view = parseView(context.definitions, 'AuditEvent', request.query, { count: true });
  const links = searchLinks(context, request, query);
  const sort = auditEventSort(query);
  const filter = every([auditReach(request.caller, query), auditEventFilter(query)]);
  const start = links.start(Object.keys(sort).length);
  const range = pageRange(sort, filter, start);
  const rowsWanted = query.answer === 'rows' ? query.count : 0;
  const [found, total] = await Promise.all([
    rowsWanted === 0 ? [] : store.findAudits(range.filter, { sort: range.sort, limit: rowsWanted + 1 }),
    query.total || query.answer === 'count' ? store.countAudits(filter) : undefined,
  ]);
  const page = toPage(sort, found, rowsWanted, start);
  const rows = page.rows.flatMap((record) => auditAsSeenBy(request.caller, record) ?? []);
  await store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: 'search-type',
      pt: [...new Set(rows.flatMap(({ pt }) => pt))],
      ent: rows.map(({ _id }) => `AuditEvent/${_id}`),
      q: `AuditEvent?${queryText(query.parameters)}`,
    }),
  );
  const nameOf = await actorNames(store, rows);
  const body = searchsetText({
    links: links.of(page),
    ...(total === undefined ? {} : { total }),
    entries: [
      ...rows.map((record): SearchsetEntry => {
        const json = stringifyFhir(toAuditEvent(record, { source: baseUrl, name: nameOf(record) }));
        return {
          fullUrl: `${baseUrl}/AuditEvent/${record._id}`,
          json: view ? projectResource(context.definitions, 'AuditEvent', json, view) : json,
        };
      }),
      ...ignoredEntries(query),
    ],
  });
  return { status: 200, headers: {}, body };
}
