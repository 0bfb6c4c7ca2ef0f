import { setTimeout as sleep } from 'node:timers/promises';
import { minimalDemographics } from '../../access/policy/minimal-demographics.js';
import { canSee } from '../../access/policy/visibility.js';
import { fault, isServiceError } from '../../errors.js';
import { ClaimTaken, ConditionMatched } from '../../store/write-plan.js';
import { versionUrl, writeAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { requireBody } from '../request-body.js';
import { createResource } from './create-resource.js';
import { assertNoneMatch } from './expected-version.js';
import { findCondition } from './find-condition.js';
import { earlierAnswer, idempotencyKey, keyClaim } from './idempotency-key.js';

/** Tries when something that is written along changed between look and commit. */
const TRIES = 10;

/** Answer when the condition of a conditional create found the resource: 200 with what the caller may see of it. */
async function existing(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  ids: readonly string[],
): Promise<FhirResponse> {
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw fault('match-multiple', {}, 'http.if-none-exist');
  const stored = await context.store.read(type, id);
  if (!stored) throw fault('not-found', { type, id });
  // The condition was narrowed to the caller's reach; only a Patient asked for by full identifier may lie beyond it.
  const visible = await canSee(context.store, request.caller, type, stored);
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: 'create', pt: stored.pt ? [stored.pt] : [], ent: [`${type}/${id}`] }),
  );
  return writeAnswer(request, 200, visible ? stored : minimalDemographics(stored), {
    headers: { Location: versionUrl(context.baseUrl, type, stored) },
  });
}

/** The key was taken by the same request at the same time, or the first one holds what this one claims or moved what it moves. */
const mayBeRepeat = (error: unknown): boolean =>
  error instanceof ClaimTaken || (isServiceError(error) && REPEATED.has(error.code));

const REPEATED: ReadonlySet<string> = new Set(['duplicate', 'move-not-allowed', 'version-conflict']);

/**
 * FHIR create and conditional create (R4 http.html 3.1.0.8, 3.1.0.8.1): 201 with Location, or 200 with the resource
 * that If-None-Exist found, 412 when it finds several. The server gives the id; one in the body is ignored. Repeated with
 * its Idempotency-Key, it is answered as the first time and makes nothing.
 */
export async function create(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', ifNoneExist } = request;
  const resource = requireBody(request, type);
  assertNoneMatch(request);
  const key = idempotencyKey(request, resource);
  const earlier = key && (await earlierAnswer(context, request, key));
  if (earlier) return earlier;
  const look = ifNoneExist === undefined ? undefined : await findCondition(context, request, type, ifNoneExist);
  if (look?.found) return existing(context, request, type, [look.found._id]);
  for (let tries = 1; ; tries += 1) {
    try {
      return await createResource(context, request, resource, {
        ...(look ? { condition: look.condition } : {}),
        ...(key ? { claim: (reference) => keyClaim(key, reference) } : {}),
      });
    } catch (error) {
      const repeated = key && mayBeRepeat(error) ? await earlierAnswer(context, request, key) : undefined;
      if (repeated) return repeated;
      if (!(error instanceof ConditionMatched)) throw error;
      if (look && error.key === look.condition.key) return existing(context, request, type, error.ids);
      // Something that goes along with it (a slot) changed meanwhile: all of it is decided again.
      if (tries === TRIES) throw fault('write-conflict');
      await sleep(Math.random() * 5 * tries);
    }
  }
}
