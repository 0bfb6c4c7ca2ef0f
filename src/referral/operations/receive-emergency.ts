import type { Encounter, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { authorize } from '../../access/policy/authorize.js';
import { SID } from '../../config/canonical.js';
import { type Finding, fault, isServiceError, ServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import { placerValue } from '../../fhir/claims.js';
import { createWarnings, warningOutcome } from '../../fhir/create-warnings.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { assertPlanAllowed } from '../../fhir/plan-policy.js';
import { localTarget } from '../../fhir/references.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { type Acting, mustNameActor, resolveActing } from '../acting.js';
import { assertRoleMoves, assertWellFormed } from '../ask-move.js';
import { deadlinesAt } from '../deadlines/deadline-book.js';
import { destinationOf } from '../destination.js';
import { EDGES, type Edge } from '../edges.js';
import { afterTheFactOf, withAwaitsOrigin } from '../emergency/after-the-fact.js';
import { newTemporaryNumber } from '../../access/temporary-number.js';
import { unreferredOrder } from '../emergency/unreferred-order.js';
import { assertOngoing, tiedEncounter, unreferredEncounter } from '../encounters.js';
import type { FieldValues } from '../field-values.js';
import { allergiesOf } from '../known-allergies.js';
import { nationalNumber, newLeg } from '../legs.js';
import { readReferral, type Referral } from '../load-referral.js';
import { moveInputs } from '../move-inputs.js';
import { operationUrl } from '../move-operation.js';
import { addTrail } from '../move-trail.js';
import { moveRow } from '../moves.js';
import { partiesOf } from '../parties.js';
import { readFields } from '../read-fields.js';
import { sentAnswer } from '../send-referral.js';
import { sentOrder } from '../sent-order.js';
import { readLinked, withOutput } from '../task-io.js';

const MOVE = 'receive-emergency';

interface Asked {
  readonly values: FieldValues;
  readonly acting: Acting;
  readonly edge: Edge;
  /** Organization id of the facility where the person is. */
  readonly destination: string;
}

/** What a power cut keeps back is written down within days; before that it is somebody's mistake. */
const MOST_AGO_DAYS = 30;
const DAY_MS = 86_400_000;

/** Findings of 422 about the moment of the arrival: it has been, and not long ago. */
function checkArrived(values: FieldValues, now: Date): Finding[] {
  const arrived = values.time('arrived');
  const ago = arrived === undefined ? 0 : now.getTime() - Date.parse(arrived);
  if (ago >= 0 && ago <= MOST_AGO_DAYS * DAY_MS) return [];
  const params =
    ago < 0
      ? { es: 'La llegada no puede ser en el futuro.', en: 'The arrival cannot be in the future.' }
      : {
          es: `La llegada no puede ser de hace más de ${MOST_AGO_DAYS} días.`,
          en: `The arrival cannot be more than ${MOST_AGO_DAYS} days ago.`,
        };
  return [{ code: 'rule-broken', params, expression: 'arrived' }];
}

/** Reads and checks in the order of design.md 3a.6; nothing exists yet, so there is no version to give. */
async function ask(context: FhirContext, request: FhirRequest): Promise<Asked> {
  assertRoleMoves(request, MOVE);
  assertWellFormed(context, request);
  const { values, findings } = readFields(MOVE, moveRow(MOVE).fields, request.body, context.definitions);
  if (values.has('person')) authorize(request.caller, 'create', 'Patient');
  const named = values.reference('actor')?.reference;
  if (mustNameActor(request) && named === undefined)
    throw fault('field-missing', { operation: `$${MOVE}`, field: 'actor' }, 'actor');
  const acting = await resolveActing(context, request, MOVE, named);
  const destination = acting.actor.facility;
  if (destination === undefined) throw fault('field-missing', { operation: `$${MOVE}`, field: 'actor' }, 'actor');
  const parties = partiesOf(acting.actor, { destination });
  const edge = EDGES.find(({ move, by }) => move === MOVE && by.some((party) => parties.includes(party)));
  if (!edge) throw fault('move-role', { role: acting.actor.roles.join(', ') || '-', operation: `$${MOVE}` });
  const all = [...findings, ...checkArrived(values, new Date())];
  if (all.length > 0) throw new ServiceError(all);
  return { values, acting, edge, destination };
}

/** Is this what the same call made before: after the fact, here, and of the person who is named again? */
function isSame({ resource, sides }: Referral, { values, destination }: Asked, baseUrl: string): boolean {
  const person = localTarget(values.reference('patient')?.reference ?? '', baseUrl)?.id;
  const ours = afterTheFactOf(resource) !== undefined && sides.destination === destination;
  return ours && (person === undefined || person === sides.patient);
}

/** The referral of an earlier call with the same number. Throws 409 when the number belongs to another referral. */
async function repeated(context: FhirContext, request: FhirRequest, asked: Asked): Promise<FhirResponse | undefined> {
  const value = asked.values.text('identifier');
  const holder =
    value === undefined
      ? undefined
      : await context.store.claimHolder('placer', placerValue({ system: SID.placer, value }));
  const target = holder && localTarget(holder.ref);
  const stored = target && (await context.store.read(target.type, target.id));
  if (!stored) return undefined;
  const referral = await readReferral(context, stored);
  if (!referral?.leg || !isSame(referral, asked, context.baseUrl))
    throw fault('duplicate', { kind: 'placer' }, 'identifier');
  const { pt } = stored;
  const entity = { act: 'R' as const, sub: `$${MOVE}`, pt: pt === undefined ? [] : [pt] };
  await context.store.auditor.record(auditDraft(request, { ...entity, ent: [`ServiceRequest/${stored._id}`] }));
  return sentAnswer(200, { order: referral.resource, task: referral.leg.task }, context.baseUrl);
}

/** Who came: somebody on record, or a new person; who has no number gets one, so that the paper finds the record again. */
async function personOf(builder: WriteBuilder, { values, destination }: Asked): Promise<string> {
  const { context, request } = builder;
  const reference = values.reference('patient')?.reference;
  if (reference !== undefined) {
    const found = await readLinked<Patient>(context, reference);
    if (!found) throw fault('reference-not-found', { reference }, 'patient');
    return found.resource.id;
  }
  const given = values.resource('person') as Patient;
  const temporary = { use: 'temp' as const, system: SID.temporal, value: newTemporaryNumber() };
  const { id } = builder.create<Patient>(
    {
      ...given,
      managingOrganization: given.managingOrganization ?? { reference: `Organization/${destination}` },
      identifier: given.identifier?.length ? given.identifier : [temporary],
    },
    { own: destination },
  );
  await assertPlanAllowed(context, request, builder);
  return id;
}

/** The visit: the one that the desk opened already, or a new one from the arrival on. */
async function visitOf(
  builder: WriteBuilder,
  { values, destination }: Asked,
  order: ServiceRequest & { id: string },
  start: string,
): Promise<string> {
  const reference = values.reference('encounter')?.reference;
  if (reference === undefined) return builder.create(unreferredEncounter(order, destination, start)).id;
  const found = await readLinked<Encounter>(builder.context, reference);
  const here = found?.resource.serviceProvider?.reference === `Organization/${destination}`;
  if (!found || !here || found.resource.subject?.reference !== order.subject.reference)
    throw fault('reference-not-found', { reference }, 'encounter');
  assertOngoing(found.resource);
  builder.update(found.stored, tiedEncounter(found.resource, order.id));
  return found.resource.id;
}

async function receive(context: FhirContext, request: FhirRequest, asked: Asked): Promise<FhirResponse> {
  const { values, acting, edge, destination } = asked;
  const builder = new WriteBuilder(context, request);
  const now = builder.now.toISOString();
  const patient = await personOf(builder, asked);
  const sender = values.reference('origin');
  const origin = sender ? await destinationOf(context, sender, destination, 'origin') : destination;
  const toldBy = values.text('toldBy');
  const recorder = acting.who ?? acting.onBehalfOf;
  const draft = unreferredOrder({
    values,
    origin,
    destination,
    subject: { reference: `Patient/${patient}` },
    fact: {
      manner: sender ? 'by-word' : 'self-presented',
      recorded: now,
      ...(recorder ? { recorder } : {}),
      ...(toldBy === undefined ? {} : { toldBy }),
    },
  });
  const allergies = await allergiesOf(context.store, patient);
  const sent = await sentOrder(context.store, draft, allergies, builder.now);
  const order = builder.create(sent, { own: origin, patient });
  const start = values.time('arrived') ?? now;
  const encounter = await visitOf(builder, asked, order, start);
  const deadlines = await deadlinesAt(context.store, builder.now);
  const leg = newLeg({ referral: order, origin, destination, state: edge.to, now: builder.now, deadlines });
  const visited: Task = withOutput({ ...leg, executionPeriod: { start } }, 'encounter', {
    valueReference: { reference: `Encounter/${encounter}` },
  });
  const task = builder.create(withAwaitsOrigin(visited, sender !== undefined));
  addTrail(builder, request, {
    edge,
    acting,
    sides: { origin, destination, patient },
    number: nationalNumber(order),
    reasons: order.reasonCode ?? [],
    targets: [`ServiceRequest/${order.id}`, `Task/${task.id}`],
  });
  const missing = await builder.missing();
  if (missing.length > 0) throw new ServiceError(missing);
  const outcome = warningOutcome(await createWarnings(builder));
  await builder.commit();
  return sentAnswer(201, { order, task, ...(outcome ? { outcome } : {}) }, context.baseUrl);
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const asked = await ask(context, request);
  const before = await repeated(context, request, asked);
  if (before) return before;
  try {
    return await receive(context, request, asked);
  } catch (error) {
    // The same form sent twice at one moment: the one that lost answers like a repeat.
    const raced = isServiceError(error) && error.code === 'duplicate' && (await repeated(context, request, asked));
    if (raced) return raced;
    throw error;
  }
}

/**
 * `ServiceRequest/$receive-emergency`: somebody is here in an emergency and nobody wrote a referral (LN23:2019 7.2.2, 7.2.13).
 * The arrival is registered first, for a person on record or a new one, known or not, with or without DNI; the referral is
 * made after the fact in the same transaction and says so. Its origin is the facility that sent the person by word, else
 * the receiving facility itself. Idempotent by `identifier` (a placer number): 201, a repeat 200, of another referral 409.
 */
export const receiveEmergency: Operation = {
  name: MOVE,
  definition: operationUrl(MOVE),
  level: 'type',
  type: 'ServiceRequest',
  method: 'POST',
  affectsState: true,
  creates: true,
  inputs: moveInputs(MOVE),
  purpose:
    'Recibe una emergencia que llega sin referencia: registra la llegada y hace la referencia después, marcada como tal; el origen es quien envió de palabra, o ninguno.',
  handle,
};
