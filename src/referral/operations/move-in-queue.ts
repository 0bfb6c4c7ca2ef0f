import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { fault, ServiceError } from '../../errors.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { type Acting, mustNameActor } from '../acting.js';
import { allowedMoves, allowedText } from '../allowed-moves.js';
import { assertVersion, assertWellFormed } from '../ask-move.js';
import type { FieldValues } from '../field-values.js';
import { nationalNumber } from '../legs.js';
import { type Leg, loadReferral, type Referral } from '../load-referral.js';
import { moveAnswer } from '../move-answer.js';
import { operationUrl } from '../move-operation.js';
import { addTrail } from '../move-trail.js';
import type { Party } from '../parties.js';
import { isQueued, isQueueMove, jumpExtension, QUEUE_MOVES, QUEUE_OPERATION } from '../queue.js';
import { readFields } from '../read-fields.js';
import { actingScheduler, assertKeepsAgenda, SCHEDULER } from '../slots/as-scheduler.js';
import { STATES } from '../states.js';

const { name, fields } = QUEUE_OPERATION;

function assertQueued({ operations }: FhirContext, { state }: Referral, parties: readonly Party[]): void {
  if (isQueued(state)) return;
  const allowed = allowedText(allowedMoves(operations, state, parties));
  throw fault('move-not-allowed', { state: STATES[state].es, operation: `$${name}`, allowed });
}

interface Asked {
  readonly referral: Referral & { readonly leg: Leg };
  readonly acting: Acting;
  readonly values: FieldValues;
}

/** Reads and checks in the order of design.md 3a.6, as a move of the table is checked. */
async function ask(context: FhirContext, request: FhirRequest): Promise<Asked> {
  assertKeepsAgenda(request, name);
  const referral = await loadReferral(context, request);
  assertWellFormed(context, request);
  const { values, findings } = readFields(name, fields, request.body, context.definitions);
  const named = values.reference('actor')?.reference;
  const nobody = mustNameActor(request) && named === undefined;
  const asked = { named, sides: referral.sides };
  const as = nobody ? undefined : await actingScheduler(context, request, name, asked);
  assertVersion(request, referral);
  if (!as) throw fault('field-missing', { operation: `$${name}`, field: 'actor' }, 'actor');
  assertQueued(context, referral, as.parties);
  if (findings.length > 0) throw new ServiceError(findings);
  const { leg } = referral;
  if (!leg) throw new TypeError('a referral that waits has a leg');
  return { referral: { ...referral, leg }, acting: as.acting, values };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { referral, acting, values } = await ask(context, request);
  const builder = new WriteBuilder(context, request);
  const direction = values.code('direction');
  if (!isQueueMove(direction)) throw new TypeError('the fields table allows no other direction');
  const reason = values.text('reason')?.trim() ?? '';
  const who = acting.who ?? acting.onBehalfOf ?? { display: request.caller.displayName };
  const at = builder.now.toISOString();
  const { task: before } = referral.leg;
  const extension = [...(before.extension ?? []), jumpExtension({ at, direction, reason, who })];
  const changed: Task = { ...before, extension, lastModified: at };
  const task = builder.update(referral.leg.stored, changed);
  const why: CodeableConcept = { text: `${QUEUE_MOVES[direction].es}: ${reason}` };
  addTrail(builder, request, {
    edge: { move: name, from: referral.state, to: referral.state, by: SCHEDULER },
    acting,
    sides: referral.sides,
    reasons: [why],
    number: nationalNumber(referral.resource),
    targets: [`ServiceRequest/${referral.resource.id}`, `Task/${task.id}`],
  });
  const unknown = await builder.missing();
  if (unknown.length > 0) throw new ServiceError(unknown);
  await builder.commit();
  return moveAnswer(200, referral.resource, task);
}

/**
 * `Task/{id}/$move-in-queue`: the scheduler moves a referral by hand in the waiting list, to the front or the end of its
 * clinical priority or back to its own place. The state stays; person and reason stand in the Task, in Provenance and in the
 * list `moved`, which the network's manager reads (referral-anchors 2.5: any manual move needs a reason shown to the regulator).
 */
export const moveInQueue: Operation = {
  name,
  definition: operationUrl(name),
  level: 'instance',
  type: 'Task',
  method: 'POST',
  affectsState: true,
  purpose:
    'Citas mueve la referencia a mano en la lista de espera, dentro de su prioridad clínica, con nombre y motivo que la red y la región ven.',
  handle,
};
