import type { Resource } from '@medplum/fhirtypes';
import { minimalDemographics } from '../../access/policy/minimal-demographics.js';
import { canSee } from '../../access/policy/visibility.js';
import { fault, ServiceError } from '../../errors.js';
import { type AbsenceCondition, ConditionMatched } from '../../store/write-plan.js';
import { writeAnswer } from '../answer.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { createWarnings, warningLinks, warningOutcome } from '../create-warnings.js';
import { assertPlanAllowed } from '../plan-policy.js';
import { requireBody } from '../request-body.js';
import { WriteBuilder } from '../write-builder.js';
import { auditDraft } from '../audit-draft.js';
import { findCondition } from './find-condition.js';
import { withDefaults } from '../write-defaults.js';

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
    headers: { Location: location(context, type, id, stored.vid) },
  });
}

const location = (context: FhirContext, type: string, id: string, version: number): string =>
  `${context.baseUrl}/${type}/${id}/_history/${version}`;

/** Adds the create to a builder with everything that is checked before the commit; returns the resource with id. */
async function prepare(
  context: FhirContext,
  request: FhirRequest,
  resource: Resource,
  condition: AbsenceCondition | undefined,
): Promise<{ builder: WriteBuilder; created: Resource & { id: string } }> {
  const builder = new WriteBuilder(context, request);
  const { id: _clientId, ...rest } = withDefaults(request.caller, resource);
  await context.hooks.guardWrite({ interaction: 'create', type: resource.resourceType, after: resource, request });
  const created = builder.create(rest);
  if (condition) builder.absent(condition);
  const [missing] = await Promise.all([builder.missing(), assertPlanAllowed(context, request, builder)]);
  if (missing.length > 0) throw new ServiceError(missing);
  return { builder, created };
}

/**
 * FHIR create and conditional create (R4 http.html 3.1.0.8, 3.1.0.8.1): 201 with Location, or 200 with the resource
 * that If-None-Exist found, 412 when it finds several. The server gives the id; one in the body is ignored.
 */
export async function create(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '' } = request;
  const resource = requireBody(request, type);
  const { ifNoneExist } = request;
  const look = ifNoneExist === undefined ? undefined : await findCondition(context, request, type, ifNoneExist);
  if (look?.found) return existing(context, request, type, [look.found._id]);
  const { builder, created } = await prepare(context, request, resource, look?.condition);
  const write = builder.writes[0]!;
  const warnings = await createWarnings(builder);
  builder.audit(
    auditDraft(request, {
      act: 'C',
      sub: 'create',
      pt: write.doc.pt === undefined ? [] : [write.doc.pt],
      ent: [`${type}/${created.id}/_history/1`],
    }),
  );
  try {
    await builder.commit();
  } catch (error) {
    if (error instanceof ConditionMatched) return existing(context, request, type, error.ids);
    throw error;
  }
  return writeAnswer(request, 201, write.doc, {
    headers: { Location: location(context, type, created.id, 1), ...warningLinks(warnings, context.baseUrl) },
    outcome: warningOutcome(warnings, { notes: builder.notes() }),
  });
}
