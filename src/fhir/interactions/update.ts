import type { Resource } from '@medplum/fhirtypes';
import { authorize, mayEver } from '../../access/policy/authorize.js';
import { fault, isServiceError } from '../../errors.js';
import { isServerId } from '../../store/ids.js';
import { aboutInstance } from '../about-instance.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertVisible, loadForWrite, refuseRead } from '../load-visible.js';
import { requireBody } from '../request-body.js';
import { createResource } from './create-resource.js';
import { assertNoVersion, assertVersion } from './expected-version.js';
import { conditionKey, findCondition } from './find-condition.js';
import { replaceVersion } from './replace-version.js';
import { retryRaced } from './retry-raced.js';

/** May the caller give this id to a new resource? Never one of the shape of ours: it names a bucket. */
export const mayGiveId = ({ caller }: Pick<FhirRequest, 'caller'>, type: string, id: string): boolean =>
  !isServerId(id) && mayEver(caller, 'update-create', type);

async function attempt(context: FhirContext, request: FhirRequest, after: Resource): Promise<FhirResponse> {
  const { type = '', resourceId: id = '' } = request;
  const before = await loadForWrite(context, request, type, id);
  if (before)
    return aboutInstance(type, before, () => {
      assertVersion(type, before, request);
      return replaceVersion(context, request, { type, before, after, interaction: 'update' });
    });
  if (!mayGiveId(request, type, id)) return refuseRead(context, request, 'read', { type, id });
  assertNoVersion(request, type, id);
  try {
    return await createResource(context, request, after, { id, interaction: 'update' });
  } catch (error) {
    // What it claims may be held by the very resource that another request has made under this id meanwhile.
    const [made] = isServiceError(error) && error.code === 'duplicate' ? await context.store.heads(type, [id]) : [];
    throw made ? fault('version-conflict', { type, id, current: made.vid }) : error;
  }
}

/**
 * FHIR update (R4 http.html 3.1.0.4): replaces the newest version; a deleted resource lives again. With If-Match 412 when
 * somebody was faster, with If-None-Match `*` when the resource lives; without either the update is tried again inside. An
 * unknown id is 404, or creates the resource where the policy lets the caller give ids (`update-create`).
 */
export async function update(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  const resource = requireBody(request, type);
  if (resource.id === undefined || resource.id !== resourceId) throw fault('id-mismatch', {}, `${type}.id`);
  return retryRaced(`${type}/${resourceId}`, request, () => attempt(context, request, resource));
}

/** Id that the body of a conditional update asks for, when nothing matches. Throws 400 when it may not, 409 when it is taken. */
export async function idForNew(
  context: FhirContext,
  request: FhirRequest,
  { resourceType: type, id }: Resource,
): Promise<{ id?: string }> {
  if (id === undefined) return {};
  if (!mayGiveId(request, type, id)) throw fault('id-refused', { id }, `${type}.id`);
  const [taken] = await context.store.heads(type, [id]);
  if (taken) throw fault('duplicate', { kind: 'id' }, `${type}.id`);
  return { id };
}

/**
 * FHIR conditional update (R4 http.html 3.1.0.4.3): nothing matches: the resource is created; one matches: it is updated;
 * several: 412. The id may be left out; one that names another resource than the match is 400. What matches is pinned by
 * its version until the commit, that nothing matches is checked again there under the lock of the condition.
 */
export async function conditionalUpdate(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', query } = request;
  const resource = requireBody(request, type);
  return retryRaced(conditionKey(type, query), request, async () => {
    const { condition, found } = await findCondition(context, request, type, query);
    if (!found) {
      authorize(request.caller, 'create', type);
      assertNoVersion(request, type);
      const given = await idForNew(context, request, resource);
      return createResource(context, request, resource, { condition, ...given, interaction: 'update' });
    }
    const before = await assertVisible(context, request, 'read', { type, id: found._id }, found);
    return aboutInstance(type, before, () => {
      if (resource.id !== undefined && resource.id !== before._id) throw fault('id-mismatch', {}, `${type}.id`);
      assertVersion(type, before, request);
      const after = { ...resource, id: before._id };
      return replaceVersion(context, request, { type, before, after, interaction: 'update' });
    });
  });
}
