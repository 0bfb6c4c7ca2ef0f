import type { CodeableConcept, Condition, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl, profileUrl } from '../../config/canonical.js';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import { fault, ServiceError } from '../../errors.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { type Acting, mustNameActor, possibleRoles, resolveActing } from '../acting.js';
import { assertVersion, assertWellFormed } from '../ask-move.js';
import { afterTheFactOf, withAfterTheFact, withAwaitsOrigin } from '../emergency/after-the-fact.js';
import { COMPLETE_OPERATION } from '../emergency/complete-operation.js';
import type { FieldValues } from '../field-values.js';
import { nationalNumber } from '../legs.js';
import { type Leg, loadReferral, type Referral } from '../load-referral.js';
import { moveAnswer } from '../move-answer.js';
import { operationUrl } from '../move-operation.js';
import { addTrail } from '../move-trail.js';
import { type Party, partiesOf, partiesOfRoles } from '../parties.js';
import { readFields } from '../read-fields.js';

const { name, fields } = COMPLETE_OPERATION;
/** Who knows what happened before: a clinician of the facility that sent the person by word. */
const WRITERS: readonly Party[] = ['OC'];
const QUESTION = extensionUrl('clinical-question');

const refuseRole = (roles: readonly string[]): Error =>
  fault('move-role', { role: roles.join(', ') || '-', operation: `$${name}` });

const coded = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] });

interface Asked {
  readonly referral: Referral & { readonly leg: Leg };
  readonly acting: Acting;
  readonly values: FieldValues;
}

/** Throws 422 for a referral that awaits nothing of its origin: written before, complete, without a sender, or a mistake. */
function assertAwaits({ resource, state }: Referral): void {
  const fact = afterTheFactOf(resource);
  if (state !== 'error' && fact?.manner === 'by-word' && fact.completed === undefined) return;
  throw fault('rule-broken', {
    es: 'Esta referencia no espera la parte clínica del origen: fue escrita por él, ya la completó, nadie envió a la persona, o se anuló como error.',
    en: 'This referral awaits no clinical part of its origin: the origin wrote it, completed it already, nobody sent the person, or it was voided as a mistake.',
  });
}

/** Reads and checks in the order of design.md 3a.6, as a move of the table is checked. */
async function ask(context: FhirContext, request: FhirRequest): Promise<Asked> {
  const roles = possibleRoles(request);
  if (!partiesOfRoles(roles).some((party) => WRITERS.includes(party))) throw refuseRole(roles);
  const referral = await loadReferral(context, request);
  assertWellFormed(context, request);
  const { values, findings } = readFields(name, fields, request.body, context.definitions);
  const named = values.reference('actor')?.reference;
  const nobody = mustNameActor(request) && named === undefined;
  const acting = nobody ? undefined : await resolveActing(context, request, name, named);
  if (acting && !partiesOf(acting.actor, referral.sides).some((party) => WRITERS.includes(party)))
    throw refuseRole(acting.actor.roles);
  assertVersion(request, referral);
  if (!acting) throw fault('field-missing', { operation: `$${name}`, field: 'actor' }, 'actor');
  assertAwaits(referral);
  if (findings.length > 0) throw new ServiceError(findings);
  const { leg } = referral;
  if (!leg) throw new TypeError('a referral that awaits its origin has a leg');
  return { referral: { ...referral, leg }, acting, values };
}

/** The diagnosis of the origin, as form HC-10 has it. */
const diagnosis = ({ referral, values }: Asked, recorder: Reference | undefined, now: string): Condition => ({
  resourceType: 'Condition',
  meta: { profile: [profileUrl('diagnostico')] },
  clinicalStatus: coded(CODE_SYSTEMS.conditionClinical, 'active'),
  verificationStatus: coded(CODE_SYSTEMS.conditionVerification, 'provisional'),
  category: [coded(CODE_SYSTEMS.conditionCategory, 'encounter-diagnosis')],
  code: values.concept('diagnosis') ?? {},
  subject: referral.resource.subject as Condition['subject'],
  recordedDate: now,
  ...(recorder ? { recorder: recorder as Condition['recorder'] } : {}),
});

/** The order with what the origin knew; what the desk wrote stays before it. */
function completed({ referral: { resource }, values }: Asked, condition: string): ServiceRequest {
  const [first, ...others] = resource.reasonCode ?? [];
  const words = [first?.text, values.text('summary')].filter((one) => one !== undefined).join('\n');
  const recommendations = values.text('recommendations');
  return {
    ...resource,
    extension: [
      ...(resource.extension ?? []).filter(({ url }) => url !== QUESTION),
      { url: QUESTION, valueString: values.text('question') },
    ],
    reasonCode: [{ ...first, text: words }, ...others],
    reasonReference: [...(resource.reasonReference ?? []), { reference: `Condition/${condition}` }],
    ...(recommendations === undefined ? {} : { note: [...(resource.note ?? []), { text: recommendations }] }),
  };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const asked = await ask(context, request);
  const { referral, acting } = asked;
  const builder = new WriteBuilder(context, request);
  const now = builder.now.toISOString();
  const writer = acting.who ?? acting.onBehalfOf;
  const { id } = builder.create(diagnosis(asked, acting.who, now));
  const fact = afterTheFactOf(referral.resource);
  if (!fact) throw new TypeError('asked of what was made after the fact only');
  const order = builder.update(
    referral.stored,
    withAfterTheFact(completed(asked, id), { ...fact, completed: now, ...(writer ? { completedBy: writer } : {}) }),
  );
  const task = builder.update(referral.leg.stored, {
    ...withAwaitsOrigin(referral.leg.task, false),
    lastModified: now,
  });
  addTrail(builder, request, {
    edge: { move: name, from: referral.state, to: referral.state, by: WRITERS },
    acting,
    sides: referral.sides,
    number: nationalNumber(order),
    targets: [`ServiceRequest/${order.id}`, `Task/${task.id}`],
  });
  const unknown = await builder.missing();
  if (unknown.length > 0) throw new ServiceError(unknown);
  await builder.commit();
  return moveAnswer(200, order, task);
}

/**
 * `ServiceRequest/{id}/$complete-order`: a clinician of the origin, which had sent the person by word, adds what it knows to the
 * referral that the destination made after the arrival: what was found, the question, the diagnosis. Once; the state stays.
 */
export const completeOrder: Operation = {
  name,
  definition: operationUrl(name),
  level: 'instance',
  type: 'ServiceRequest',
  method: 'POST',
  affectsState: true,
  purpose:
    'El origen completa la parte clínica de una referencia que el destino hizo después de una llegada de emergencia.',
  handle,
};
