import { fault } from '../../errors.js';
import { versionHeaders } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { headVisible, refuseRead } from '../load-visible.js';
import { projectResource } from '../project-resource.js';
import { readView } from '../read-view.js';

/**
 * FHIR vread (R4 http.html 3.1.0.3): one version. Old versions are judged by today's rule: whoever may see the
 * current version may see them. 404 for an unknown version, 410 for a version that is a deletion. `_summary` and `_elements`
 * as in a read.
 */
export async function vread(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId: id = '', versionId = '' } = request;
  const view = readView(context, request);
  const current = await headVisible(context, request, 'vread', type, id);
  const entry = /^\d{1,15}$/.test(versionId) ? await context.store.readVersion(type, id, Number(versionId)) : undefined;
  if (!entry) throw fault('version-not-found', { type, id, version: versionId });
  if (entry.method === 'DELETE') return refuseRead(context, request, 'vread', { type, id, pt: current.pt }, 'deleted');
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: 'vread',
      pt: current.pt === undefined ? [] : [current.pt],
      ent: [`${type}/${id}/_history/${entry.vid}`],
    }),
  );
  const body = view ? projectResource(context.definitions, type, entry.json, view) : entry.json;
  return { status: 200, headers: versionHeaders(entry), body };
}
