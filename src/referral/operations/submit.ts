import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceRequest } from '@medplum/fhirtypes';
import { fault, isServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import { isPlacer, placerValue } from '../../fhir/claims.js';
import { createWarnings, warningOutcome, warningsAbout } from '../../fhir/create-warnings.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { planTransaction } from '../../fhir/interactions/plan-transaction.js';
import type { Operation } from '../../fhir/operation.js';
import { assertPlanAllowed } from '../../fhir/plan-policy.js';
import { localTarget } from '../../fhir/references.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { ConditionMatched } from '../../store/write-plan.js';
import { type Acting, resolveActing } from '../acting.js';
import { assertRoleMoves } from '../ask-move.js';
import { handoverWarnings } from '../emergency/handover-gaps.js';
import { travellingAllergies } from '../known-allergies.js';
import { originOf, readReferral } from '../load-referral.js';
import { operationUrl } from '../move-operation.js';
import { partiesOf } from '../parties.js';
import { sendReferral, sendingConditions, sentAnswer } from '../send-referral.js';
import { sentOrder } from '../sent-order.js';
import { readSubmittedBundle, type SubmittedBundle, withOrder } from '../submit-bundle.js';
import { decide } from '../transition.js';
import { isReferral } from '../vocabulary.js';

/** Tries when a conditional create inside the Bundle lost a race between plan and commit. */
const TRIES = 10;

/**
 * The answer to a repeat: the referral that already holds the placer number, when it is of the same origin.
 * Throws 409 `duplicate` when the number is another facility's, or belongs to a draft that was not sent.
 */
async function repeated(
  context: FhirContext,
  request: FhirRequest,
  { entries, order }: SubmittedBundle,
  origin: string,
): Promise<FhirResponse | undefined> {
  for (const identifier of (order.identifier ?? []).filter(isPlacer)) {
    const holder = await context.store.claimHolder('placer', placerValue(identifier));
    const target = holder && localTarget(holder.ref);
    const stored = target && (await context.store.read(target.type, target.id));
    if (!stored) continue;
    const referral = await readReferral(context, stored);
    if (!referral?.leg || referral.sides.origin !== origin)
      throw fault('duplicate', { kind: 'placer' }, 'ServiceRequest.identifier');
    const { pt: patient } = stored;
    const audits = [
      auditDraft(request, {
        act: 'R',
        sub: '$submit',
        pt: patient === undefined ? [] : [patient],
        ent: [`ServiceRequest/${stored._id}`],
      }),
    ];
    // Whoever repeats may not have got the first answer: what it warned about is said again.
    const orders = entries.flatMap(({ resource, index }) =>
      resource?.resourceType === 'ServiceRequest' && patient !== undefined
        ? [{ resource: { ...resource, id: String(index) }, patient }]
        : [],
    );
    const studies = await warningsAbout(context, request, orders, (draft) => audits.push(draft));
    const outcome = warningOutcome(studies, { notes: handoverWarnings(referral.resource) });
    await Promise.all(audits.map((draft) => context.store.auditor.record(draft)));
    const sent = { order: referral.resource, task: referral.leg.task, ...(outcome ? { outcome } : {}) };
    return sentAnswer(200, sent, context.baseUrl);
  }
  return undefined;
}

/** Who sends, and from where: the requester of the order, a clinician of the origin. Throws 403 for anybody else. */
async function sender(
  context: FhirContext,
  request: FhirRequest,
  order: ServiceRequest,
): Promise<{ acting: Acting; origin: string }> {
  const requester = order.requester?.reference;
  if (requester === undefined) throw fault('element-required', { element: 'requester' }, 'ServiceRequest.requester');
  const acting = await resolveActing(context, request, 'submit', requester);
  const origin = acting.actor.facility ?? (await originOf(context.store, order));
  if (origin === undefined) throw fault('reference-not-found', { reference: requester }, 'ServiceRequest.requester');
  return { acting, origin };
}

async function attempt(
  context: FhirContext,
  request: FhirRequest,
  submitted: SubmittedBundle,
  { acting, origin }: { acting: Acting; origin: string },
): Promise<FhirResponse> {
  const { entries, order } = submitted;
  const builder = new WriteBuilder(context, request);
  const allergies = await travellingAllergies(context, request, entries, order.subject.reference);
  const sent = await sentOrder(context.store, order, allergies, builder.now);
  const decision = decide('draft', 'submit', partiesOf(acting.actor, { origin }), sendingConditions(sent));
  if (!decision.ok) throw fault('move-role', { role: acting.actor.roles.join(', '), operation: '$submit' });
  const planned = await planTransaction(context, request, withOrder(submitted, sent), builder);
  await assertPlanAllowed(
    context,
    request,
    builder,
    planned.flatMap((one) => one.before ?? []),
  );
  const created = planned.map(({ resource }) => resource).find(isReferral);
  const sending = await sendReferral({
    builder,
    request,
    acting,
    edge: decision.edge,
    origin,
    order: created as ServiceRequest & { id: string },
  });
  const notes = handoverWarnings(sending.order);
  const outcome = warningOutcome(await createWarnings(builder), { notes });
  await builder.commit();
  return sentAnswer(201, { ...sending, ...(outcome ? { outcome } : {}) }, context.baseUrl);
}

/** A lost race for the placer number, for a conditional create or for the person's record: look again. */
const lostRace = (error: unknown): boolean =>
  error instanceof ConditionMatched ||
  (isServiceError(error) && (error.code === 'duplicate' || error.code === 'version-conflict'));

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  assertRoleMoves(request, 'submit');
  const submitted = readSubmittedBundle(context, request.body);
  const from = await sender(context, request, submitted.order);
  for (let tries = 1; ; tries += 1) {
    const answer = await repeated(context, request, submitted, from.origin);
    if (answer) return answer;
    try {
      return await attempt(context, request, submitted, from);
    } catch (error) {
      if (!lostRace(error) || tries === TRIES) throw error;
      await sleep(Math.random() * 5 * tries);
    }
  }
}

/**
 * `ServiceRequest/$submit`: sends a referral with all it needs in one Bundle; idempotent by placer number. 201 with
 * {referral, task}; a repeat by the same origin 200 with the same; a number of another facility 409.
 */
export const submit: Operation = {
  name: 'submit',
  definition: operationUrl('submit'),
  level: 'type',
  type: 'ServiceRequest',
  method: 'POST',
  affectsState: true,
  creates: true,
  purpose: 'Envía una referencia con todo lo que lleva, en un Bundle; repetir el envío no la duplica.',
  handle,
};
