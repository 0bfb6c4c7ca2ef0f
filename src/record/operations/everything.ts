import { fault } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { type CompartmentQuery, gatherCompartment } from '../compartment.js';

/** FHIR date or instant (R4 datatypes.html#instant); JavaScript would read nearly anything as a date. */
const INSTANT = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?$/;

function parseQuery(context: FhirContext, request: FhirRequest): CompartmentQuery {
  let query: CompartmentQuery = {};
  for (const [parameter, value] of request.query) {
    if (parameter === '_type') {
      const types = value.split(',');
      const unknown = types.find((type) => !context.definitions.isResourceType(type));
      if (unknown !== undefined) throw fault('parameter-value', { parameter, value: unknown, reason: 'type' });
      query = { ...query, types };
    } else if (parameter === '_since') {
      // A plus sign in a query arrives as a space.
      const text = value.replace(' ', '+');
      const since = new Date(text);
      if (!INSTANT.test(text) || Number.isNaN(since.getTime()))
        throw fault('parameter-value', { parameter, value, reason: 'instant' });
      query = { ...query, since };
    } else throw fault('parameter-unknown', { parameter, type: 'Patient/$everything' });
  }
  return query;
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const patient = await loadVisible(context, request, 'Patient', request.resourceId ?? '');
  const items = await gatherCompartment(context, request.caller, patient._id, parseQuery(context, request));
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$everything',
      pt: [patient._id],
      ent: items.map(({ type, stored }) => `${type}/${stored._id}`),
    }),
  );
  const entries = items.map(
    ({ type, stored }) =>
      `{"fullUrl":${JSON.stringify(`${context.baseUrl}/${type}/${stored._id}`)},"resource":${stored.json},"search":{"mode":"match"}}`,
  );
  const body = `{"resourceType":"Bundle","type":"searchset","total":${items.length}${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`;
  return { status: 200, headers: {}, body };
}

/** `GET Patient/{id}/$everything` (FHIR R4 patient-operation-everything): the whole compartment the caller's role may read. */
export const everything: Operation = {
  name: 'everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  level: 'instance',
  type: 'Patient',
  method: 'GET',
  affectsState: false,
  purpose: 'Todo lo que el expediente guarda de una persona, de todos los establecimientos.',
  handle,
};
