import type { Resource } from '@medplum/fhirtypes';
import { ServiceError } from '../../errors.js';
import type { AbsenceCondition, Claim } from '../../store/write-plan.js';
import { versionUrl, writeAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { createWarnings, warningLinks, warningOutcome } from '../create-warnings.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { WriteBuilder } from '../write-builder.js';
import { withDefaults } from '../write-defaults.js';

export interface CreationOptions {
  /** Nothing may match it when the write commits. */
  readonly condition?: AbsenceCondition;
  /** Id of the client, already allowed; the server's own when absent. */
  readonly id?: string;
  /** The interaction that creates. */
  readonly interaction?: 'create' | 'update';
  /** A claim beside those of the resource, made when its id is known. */
  readonly claim?: (reference: string) => Claim;
}

/**
 * Creates a resource with everything that is checked before: the guard of referrals, validation, references, policy; one that
 * means a move of a referral is stored by that move.
 * Answers 201 with Location. The id in the body, if any, is not looked at.
 * @throws ConditionMatched when the condition finds something at the commit, ClaimTaken for the claim of the options,
 *   ServiceError 412 `version-conflict` when the client's id was taken meanwhile
 */
export async function createResource(
  context: FhirContext,
  request: FhirRequest,
  resource: Resource,
  { condition, id: given, interaction = 'create', claim }: CreationOptions = {},
): Promise<FhirResponse> {
  const type = resource.resourceType;
  const { id: _clientId, ...rest } = withDefaults(request.caller, resource);
  const id = given === undefined ? {} : { id: given };
  const join = (plan: WriteBuilder, reference: string): void => {
    if (condition) plan.absent(condition);
    if (claim) plan.claim(claim(reference));
  };
  const intent = { interaction: 'create', type, after: rest, request } as const;
  const moved = await context.hooks.moveByWrite(context, intent, { ...id, join });
  if (moved)
    return writeAnswer(request, 201, moved.stored, {
      headers: { Location: versionUrl(context.baseUrl, type, moved.stored) },
      outcome: moved.outcome,
    });
  await context.hooks.guardWrite(intent);
  const builder = new WriteBuilder(context, request);
  const created = builder.create(rest, id);
  join(builder, `${type}/${created.id}`);
  const [missing] = await Promise.all([builder.missing(), assertPlanAllowed(context, request, builder)]);
  if (missing.length > 0) throw new ServiceError(missing);
  const { doc } = builder.writes[0]!;
  const warnings = await createWarnings(builder);
  builder.audit(
    auditDraft(request, {
      act: 'C',
      sub: interaction,
      pt: doc.pt === undefined ? [] : [doc.pt],
      ent: [`${type}/${created.id}/_history/1`],
    }),
  );
  await builder.commit();
  return writeAnswer(request, 201, doc, {
    headers: { Location: versionUrl(context.baseUrl, type, doc), ...warningLinks(warnings, context.baseUrl) },
    outcome: warningOutcome(warnings, { notes: builder.notes() }),
  });
}
