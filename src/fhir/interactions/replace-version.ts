import type { Resource } from '@medplum/fhirtypes';
import { authorize } from '../../access/policy/authorize.js';
import { ServiceError } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { writeAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { warningOutcome } from '../create-warnings.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { versionUrl } from '../answer.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { resourceOf } from '../stored-resource.js';
import { WriteBuilder } from '../write-builder.js';

/** One resource and what takes the place of its newest version. */
export interface Replacement {
  readonly type: string;
  /** Newest version, which the caller may see; a deletion is followed by a new life of the resource. */
  readonly before: FoundResource;
  readonly after: Resource;
  readonly interaction: 'update' | 'patch';
}

/**
 * Writes the next version of a resource with everything that is checked before: the guard of referrals (a write that means a
 * move is stored by that move), validation, references, the policy on what was and on what will be. 200, or 201 when the resource was deleted before ("brought back
 * to life", R4 http.html 3.1.0.4.1).
 * @throws ServiceError 412 `version-conflict` when `before` is no longer the newest version
 */
export async function replaceVersion(
  context: FhirContext,
  request: FhirRequest,
  { type, before, after, interaction }: Replacement,
): Promise<FhirResponse> {
  const revives = before.del;
  if (revives) authorize(request.caller, 'create', type);
  const intent = {
    interaction: revives ? 'create' : 'update',
    type,
    ...(revives ? {} : { before: { stored: before, resource: resourceOf(before) } }),
    after,
    request,
  } as const;
  const created = (doc: FoundResource): Record<string, string> =>
    revives ? { Location: versionUrl(context.baseUrl, type, doc) } : {};
  const moved = await context.hooks.moveByWrite(context, intent, { replaces: before });
  if (moved) {
    const { stored, outcome } = moved;
    return writeAnswer(request, revives ? 201 : 200, stored, { headers: created(stored), outcome });
  }
  await context.hooks.guardWrite(intent);
  const builder = new WriteBuilder(context, request);
  builder.update(before, after);
  const [missing] = await Promise.all([builder.missing(), assertPlanAllowed(context, request, builder, [before])]);
  if (missing.length > 0) throw new ServiceError(missing);
  const { doc } = builder.writes[0]!;
  builder.audit(
    auditDraft(request, {
      act: revives ? 'C' : 'U',
      sub: interaction,
      pt: doc.pt === undefined ? [] : [doc.pt],
      ent: [`${type}/${doc._id}/_history/${doc.vid}`],
    }),
  );
  await builder.commit();
  return writeAnswer(request, revives ? 201 : 200, doc, {
    headers: created(doc),
    outcome: warningOutcome([], { notes: builder.notes() }),
  });
}
