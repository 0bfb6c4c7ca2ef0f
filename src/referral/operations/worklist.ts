import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import type { KeysetPage } from '../../fhir/search/keyset-page.js';
import { queryText, type SearchLinks, searchLinks } from '../../fhir/search/search-links.js';
import { type SearchsetEntry, searchsetText } from '../../fhir/search/searchset.js';
import type { FoundResource } from '../../store/envelope.js';
import { ownFacility } from '../facility-scope.js';
import { positionLength } from '../list-order.js';
import { dayOf } from '../local-day.js';
import { operationUrl } from '../move-operation.js';
import { readWorklist } from '../read-worklist.js';
import { draftIncludes, unreadOfRows, worklistIncludes } from '../worklist-includes.js';
import { parseWorklistQuery, type WorklistQuery } from '../worklist-query.js';
import { queuePlaces, rowsBefore } from '../queue-places.js';
import { worklistFilter, worklistIndex, worklistOrder, worklistRow, worklistType } from '../worklists.js';

interface ListPage extends KeysetPage<FoundResource> {
  readonly total: number;
  /** Rows before the page and the moment by which it goes, where each row says its place. */
  readonly places?: { readonly before: number; readonly now: Date };
}

async function pageOf(
  context: FhirContext,
  request: FhirRequest,
  facility: string,
  { list, count, narrowing }: WorklistQuery,
  links: SearchLinks,
): Promise<ListPage> {
  const order = worklistOrder(list);
  const after = links.start(positionLength(order))?.position;
  const now = new Date();
  const filter = worklistFilter(list, facility, now, dayOf(now), narrowing);
  const signal = request.signal ? { signal: request.signal } : {};
  const type = worklistType(list);
  const hint = worklistIndex(list);
  const places = worklistRow(list).queue && count > 0;
  const [page, total, before] = await Promise.all([
    count === 0
      ? { rows: [] }
      : readWorklist(context.store, filter, { type, order, hint, count, now, ...(after ? { after } : {}), ...signal }),
    context.store.count(type, filter, signal),
    places ? rowsBefore(context.store, filter, order, after) : undefined,
  ]);
  const at = after?.find((value) => value instanceof Date) ?? now;
  return { ...page, total, ...(before === undefined ? {} : { places: { before, now: at } }) };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const facility = await ownFacility(context, request, '$worklist');
  const query = parseWorklistQuery(context.definitions, request.query);
  const links = searchLinks(context, request, { ...query, type: `Organization/${facility.id}/$worklist` });
  const page = await pageOf(context, request, facility.id, query, links);
  const { rows, total } = page;
  const places = page.places && queuePlaces(rows, page.places);
  const type = worklistType(query.list);
  const included =
    type === 'Task'
      ? await Promise.all([
          worklistIncludes(context.store, request.caller, rows),
          unreadOfRows(context.store, request.caller, facility.id, rows),
        ])
      : [await draftIncludes(context.store, request.caller, rows)];
  const found = [...rows.map((stored) => ({ type, stored })), ...included.flat()];
  const patients = found.flatMap(({ stored: { pt } }) => (pt === undefined ? [] : [pt]));
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$worklist',
      pt: [...new Set(patients)],
      ent: [`Organization/${facility.id}`, ...found.map(({ type: of, stored }) => `${of}/${stored._id}`)],
      q: queryText(query.parameters),
    }),
  );
  const entries = found.map(({ type: of, stored }): SearchsetEntry => ({
    fullUrl: `${context.baseUrl}/${of}/${stored._id}`,
    json: stored.json,
    mode: of === type ? 'match' : 'include',
    ...(places?.has(stored) ? { extension: places.get(stored) } : {}),
  }));
  const body = searchsetText({ links: links.of(page), total, entries });
  return { status: 200, headers: {}, body };
}

/**
 * `GET Organization/{id}/$worklist?list=NAME&specialty=&origin=&_count=`: the Tasks of one list in its order (of work: the
 * most urgent first, then the earliest term, then the first date; the waiting list: the most urgent first, then who has waited too
 * long, then the first date; of a day: by the hour), with the orders, patients,
 * appointments and diagnoses that the caller may see. A row of the waiting list says its place and why (`queue-place`); the messages
 * on them that the facility has not read come along. `notices` holds the notices to the facility, `drafts` its own drafts of
 * referrals (ServiceRequests; with `author=` those of one PractitionerRole), what nobody has touched the longest first.
 * Throws 400 for a list that does not exist, 403 for another facility, 404 for an unknown one.
 */
export const worklist: Operation = {
  name: 'worklist',
  definition: operationUrl('worklist'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose:
    'Las referencias de una lista de trabajo en el orden en que se atienden: lo más urgente primero, después el plazo más antiguo y la fecha más antigua; en la lista de espera, primero quien ya esperó de más y después la fecha más antigua, cada una con su lugar y el porqué.',
  handle,
};
