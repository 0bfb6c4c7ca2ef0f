import { actorNames } from '../../access/account-names.js';
import { toAuditEvent } from '../../access/audit-event.js';
import { auditAsSeenBy } from '../../access/policy/audit-view.js';
import { versionHeaders, resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { loadVisible, refuseRead } from '../load-visible.js';
import { projectResource } from '../project-resource.js';
import { readView } from '../read-view.js';
import type { ResourceView } from '../resource-view.js';

async function readAuditEvent(
  context: FhirContext,
  request: FhirRequest,
  id: string,
  view: ResourceView | undefined,
): Promise<FhirResponse> {
  const stored = await context.store.readAudit(id);
  const record = stored && auditAsSeenBy(request.caller, stored);
  if (!record) return refuseRead(context, request, 'read', { type: 'AuditEvent', id });
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: 'read', pt: record.pt, ent: [`AuditEvent/${id}`] }),
  );
  const nameOf = await actorNames(context.store, [record]);
  const whole = resourceAnswer(200, toAuditEvent(record, { source: context.baseUrl, name: nameOf(record) }));
  if (!view) return whole;
  return { ...whole, body: projectResource(context.definitions, 'AuditEvent', whole.body ?? '', view) };
}

/**
 * FHIR read (R4 http.html 3.1.0.2): the current version, as stored, or the part that `_summary` and `_elements` ask for. 404,
 * or 410 when deleted; 400 for any other parameter.
 */
export async function read(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  const view = readView(context, request);
  if (type === 'AuditEvent') return readAuditEvent(context, request, resourceId, view);
  const stored = await loadVisible(context, request, type, resourceId);
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: 'read',
      pt: stored.pt === undefined ? [] : [stored.pt],
      ent: [`${type}/${resourceId}/_history/${stored.vid}`],
    }),
  );
  const body = view ? projectResource(context.definitions, type, stored.json, view) : stored.json;
  return { status: 200, headers: versionHeaders(stored), body };
}
