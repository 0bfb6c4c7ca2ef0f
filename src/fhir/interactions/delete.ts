import { isServiceError, toOperationOutcome } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { aboutInstance } from '../about-instance.js';
import { etag, preferredReturn } from '../answer.js';
import { assertUnreferenced } from '../assert-unreferenced.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertVisible, loadVisible } from '../load-visible.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { queryText } from '../search/search-links.js';
import { resourceOf } from '../stored-resource.js';
import { WriteBuilder } from '../write-builder.js';
import { assertVersion } from './expected-version.js';
import { conditionKey, findCondition } from './find-condition.js';
import { retryRaced } from './retry-raced.js';

/** 204, or 200 with an OperationOutcome for a client that wants one. */
function deleted(request: FhirRequest, headers: Record<string, string> = {}): FhirResponse {
  if (preferredReturn(request) !== 'OperationOutcome') return { status: 204, headers };
  return { status: 200, headers, body: JSON.stringify(toOperationOutcome([{ code: 'ok' }])) };
}

async function remove(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  before: FoundResource,
): Promise<FhirResponse> {
  assertVersion(type, before, request);
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
  return deleted(request, { ETag: etag(before.vid + 1) });
}

/**
 * FHIR delete (R4 http.html 3.1.0.7): a new version that says "deleted"; earlier versions stay in the history.
 * 204, also when it was deleted before; 404 for an unknown id; with If-Match 412 when somebody was faster.
 */
export async function deleteResource(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  return retryRaced(`${type}/${resourceId}`, request, async () => {
    const before = await loadVisible(context, request, type, resourceId).catch((error: unknown) => {
      if (isServiceError(error) && error.code === 'deleted') return undefined;
      throw error;
    });
    if (!before) return deleted(request);
    return aboutInstance(type, before, () => remove(context, request, type, before));
  });
}

/**
 * FHIR conditional delete (R4 http.html 3.1.0.7.1), of one resource at most: none matches: 204, as if it had been deleted
 * before; several: 412 and nothing is deleted.
 */
export async function conditionalDelete(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', query } = request;
  return retryRaced(conditionKey(type, query), request, async () => {
    const { found } = await findCondition(context, request, type, query);
    if (found) {
      const before = await assertVisible(context, request, 'read', { type, id: found._id }, found);
      return aboutInstance(type, before, () => remove(context, request, type, before));
    }
    // That nothing matches is an answer too.
    await context.store.auditor.record(
      auditDraft(request, { act: 'D', sub: 'delete', q: `${type}?${queryText(query)}` }),
    );
    return deleted(request);
  });
}
