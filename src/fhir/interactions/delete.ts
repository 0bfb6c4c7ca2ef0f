import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { loadVisible } from '../load-visible.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { resourceOf } from '../stored-resource.js';
import { WriteBuilder } from '../write-builder.js';
import { etag } from '../answer.js';
import { isServiceError } from '../../errors.js';
import { assertUnreferenced } from '../assert-unreferenced.js';
import { assertVersion, expectedVersion } from './update.js';

/**
 * FHIR delete (R4 http.html 3.1.0.7): a new version that says "deleted"; earlier versions stay in the history.
 * 204, also when it was deleted before; 404 for an unknown id; with If-Match 412 when somebody was faster.
 */
export async function deleteResource(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  const before = await loadVisible(context, request, type, resourceId).catch((error: unknown) => {
    if (isServiceError(error) && error.code === 'deleted') return undefined;
    throw error;
  });
  if (!before) return { status: 204, headers: {} };
  assertVersion(type, before, expectedVersion(request));
  await context.hooks.guardWrite({
    interaction: 'delete',
    type,
    before: { stored: before, resource: resourceOf(before) },
    request,
  });
  const builder = new WriteBuilder(context, request);
  builder.remove(type, before);
  await assertPlanAllowed(context, request, builder, [before]);
  await assertUnreferenced(context, type, before._id);
  builder.audit(
    auditDraft(request, {
      act: 'D',
      sub: 'delete',
      pt: before.pt === undefined ? [] : [before.pt],
      ent: [`${type}/${before._id}/_history/${before.vid + 1}`],
    }),
  );
  await builder.commit();
  return { status: 204, headers: { ETag: etag(before.vid + 1) } };
}
