import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { operationRows } from '../../fhir/operations/operation-rows.js';
import { pageLinks, searchsetText } from '../../fhir/search/searchset.js';
import { type CompartmentItem, gatherCompartment } from '../compartment.js';
import { compartmentPage } from '../compartment-page.js';
import { everythingQuery } from '../everything-query.js';

/** Searchset of what was gathered, audited before it leaves. */
export async function everythingAnswer(
  context: FhirContext,
  request: FhirRequest,
  patient: string,
  found: { items: readonly CompartmentItem[]; self: string; next?: string; total?: number },
): Promise<FhirResponse> {
  const { items, self, next, total } = found;
  const ent = items.map(({ type, stored }) => `${type}/${stored._id}`);
  await context.store.auditor.record(auditDraft(request, { act: 'E', sub: '$everything', pt: [patient], ent }));
  const entries = items.map(({ type, stored }) => ({
    fullUrl: `${context.baseUrl}/${type}/${stored._id}`,
    json: stored.json,
  }));
  return {
    status: 200,
    headers: {},
    body: searchsetText({ links: pageLinks(self, next), ...(total === undefined ? {} : { total }), entries }),
  };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const patient = await loadVisible(context, request, 'Patient', request.resourceId ?? '');
  const query = everythingQuery(context, request);
  const { self, count } = query;
  if (count === undefined && !query.after) {
    const items = await gatherCompartment(context, request.caller, patient._id, query);
    return everythingAnswer(context, request, patient._id, { items, self, total: items.length });
  }
  const page = await compartmentPage(context, request.caller, patient._id, { ...query, count: count ?? 1 });
  const next = page.next ? { next: query.next(page.next) } : {};
  return everythingAnswer(context, request, patient._id, { items: page.items, self, ...next });
}

/**
 * `Patient/{id}/$everything` (FHIR R4 patient-operation-everything): the whole compartment the caller's role may read,
 * or with `_count` page by page; `_type` and `_since` narrow it. By GET, or by POST with Parameters. The directory that it
 * refers to is left out: everybody who may read a record may read that too, by its references.
 */
export const everythingOperations: readonly Operation[] = operationRows(
  {
    name: 'everything',
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
    type: 'Patient',
    affectsState: false,
    purpose:
      'Todo lo que el expediente guarda de una persona, de todos los establecimientos; con _count, por páginas. Sin el directorio ' +
      '(Organization, Practitioner, Location, ...) al que se refiere.',
    handle,
  },
  ['instance'],
);
