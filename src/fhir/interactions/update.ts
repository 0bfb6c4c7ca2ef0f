import { setTimeout as sleep } from 'node:timers/promises';
import type { Resource } from '@medplum/fhirtypes';
import { fault, isServiceError, ServiceError } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { versionOfEtag, writeAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { warningOutcome } from '../create-warnings.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { loadVisible } from '../load-visible.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { requireBody } from '../request-body.js';
import { resourceOf } from '../stored-resource.js';
import { WriteBuilder } from '../write-builder.js';

/** How long an update without If-Match is tried again when others write the same resource at the same time. */
const PATIENCE_MS = 5_000;

/** Version asked for by If-Match. Throws 400 for a malformed header. */
export function expectedVersion(request: Pick<FhirRequest, 'ifMatch'>): number | undefined {
  if (request.ifMatch === undefined) return undefined;
  const version = versionOfEtag(request.ifMatch);
  if (version === undefined) throw fault('header-invalid', { header: 'If-Match', value: request.ifMatch });
  return version;
}

/** Checks If-Match against the current version: 412 when it differs. */
export function assertVersion(type: string, current: FoundResource, expected: number | undefined): void {
  if (expected !== undefined && expected !== current.vid)
    throw fault('version-conflict', { type, id: current._id, current: current.vid }, 'http.if-match');
}

async function attempt(context: FhirContext, request: FhirRequest, resource: Resource): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  const before = await loadVisible(context, request, type, resourceId);
  assertVersion(type, before, expectedVersion(request));
  await context.hooks.guardWrite({
    interaction: 'update',
    type,
    before: { stored: before, resource: resourceOf(before) },
    after: resource,
    request,
  });
  const builder = new WriteBuilder(context, request);
  builder.update(before, resource);
  const [missing] = await Promise.all([builder.missing(), assertPlanAllowed(context, request, builder, [before])]);
  if (missing.length > 0) throw new ServiceError(missing);
  const { doc } = builder.writes[0]!;
  builder.audit(
    auditDraft(request, {
      act: 'U',
      sub: 'update',
      pt: doc.pt === undefined ? [] : [doc.pt],
      ent: [`${type}/${resourceId}/_history/${doc.vid}`],
    }),
  );
  await builder.commit();
  return writeAnswer(request, 200, doc, { outcome: warningOutcome([], { notes: builder.notes() }) });
}

/**
 * FHIR update (R4 http.html 3.1.0.4): replaces the current version. With If-Match 412 when somebody was faster;
 * without it the update is tried again inside. Unknown ids are 404: the server gives ids (updateCreate false).
 */
export async function update(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  const resource = requireBody(request, type);
  if (resource.id === undefined || resource.id !== resourceId) throw fault('id-mismatch', {}, `${type}.id`);
  const deadline = performance.now() + PATIENCE_MS;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(context, request, resource);
    } catch (error) {
      const raced = isServiceError(error) && error.code === 'version-conflict' && request.ifMatch === undefined;
      if (!raced) throw error;
      if (performance.now() > deadline) throw fault('write-conflict');
      await sleep(Math.random() * Math.min(100, 5 * tries));
    }
  }
}
