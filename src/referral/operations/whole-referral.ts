import { auditDraft } from '../../fhir/audit-draft.js';
import { groupOf } from '../../access/policy/type-groups.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { gatherReferral } from '../gather-referral.js';
import { addressedReferral } from '../load-referral.js';
import { operationUrl } from '../move-operation.js';

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { referral } = await addressedReferral(context, request);
  const items = await gatherReferral(context, request, referral.stored);
  const { pt } = referral.stored;
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$referral',
      pt: pt === undefined ? [] : [pt],
      ent: items.filter(({ type }) => groupOf(type) !== 'directory').map(({ type, stored }) => `${type}/${stored._id}`),
    }),
  );
  const entries = items.map(
    ({ type, stored }) =>
      `{"fullUrl":${JSON.stringify(`${context.baseUrl}/${type}/${stored._id}`)},"resource":${stored.json}}`,
  );
  const body = `{"resourceType":"Bundle","type":"collection","entry":[${entries.join(',')}]}`;
  return { status: 200, headers: {}, body };
}

/**
 * `GET ServiceRequest/{id}/$referral`: one referral whole, in one call and one audit record: the order first, then its
 * Tasks, appointments, visits, trail, what it cites, the patient with the allergies on record, people and facilities;
 * each only as far as the caller may read it. Attachments and the stored document are read by themselves.
 */
export const wholeReferral: Operation = {
  name: 'referral',
  definition: operationUrl('referral'),
  level: 'instance',
  type: 'ServiceRequest',
  method: 'GET',
  affectsState: false,
  purpose: 'Una referencia completa en una sola lectura: la orden, sus tareas, citas, respuesta, rastro y paciente.',
  handle,
};
