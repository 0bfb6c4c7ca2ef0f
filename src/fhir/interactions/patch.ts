import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { aboutInstance } from '../about-instance.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertVisible, loadVisible } from '../load-visible.js';
import { patched } from '../patch/patched.js';
import { assertVersion } from './expected-version.js';
import { conditionKey, findCondition } from './find-condition.js';
import { replaceVersion } from './replace-version.js';
import { retryRaced } from './retry-raced.js';

function apply(context: FhirContext, request: FhirRequest, type: string, before: FoundResource): Promise<FhirResponse> {
  return aboutInstance(type, before, () => {
    assertVersion(type, before, request);
    const after = patched(before, request);
    return replaceVersion(context, request, { type, before, after, interaction: 'patch' });
  });
}

/**
 * FHIR patch (R4 http.html 3.1.0.5): JSON Patch (RFC 6902) or FHIRPath Patch on the current version. What comes out is
 * checked like the body of an update. Without If-Match the patch is applied again when somebody else was faster.
 */
export async function patch(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId: id = '' } = request;
  if (request.jsonPatch === undefined && request.body === undefined) throw fault('body-missing');
  return retryRaced(`${type}/${id}`, request, async () =>
    apply(context, request, type, await loadVisible(context, request, type, id)),
  );
}

/** FHIR conditional patch (R4 http.html 3.1.0.5.1): of the one resource that matches; none is 404, several are 412. */
export async function conditionalPatch(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', query } = request;
  if (request.jsonPatch === undefined && request.body === undefined) throw fault('body-missing');
  return retryRaced(conditionKey(type, query), request, async () => {
    const { found } = await findCondition(context, request, type, query);
    if (!found) throw fault('match-none', { type }, 'http.url');
    return apply(context, request, type, await assertVisible(context, request, 'read', { type, id: found._id }, found));
  });
}
