import type { OperationOutcome, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { fault, ServiceError } from '../errors.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { WriteBuilder } from '../fhir/write-builder.js';
import type { Acting } from './acting.js';
import { deadlinesAt } from './deadlines/deadline-book.js';
import { isAdviceRequest } from './advice-request.js';
import { destinationOf } from './destination.js';
import type { Condition } from './conditions.js';
import type { Edge } from './edges.js';
import { afterTheFactOf } from './emergency/after-the-fact.js';
import { expectedArrival } from './emergency/arrival-term.js';
import { hasDied } from './has-died.js';
import { reopening } from './reopening.js';
import { nationalNumber, newLeg } from './legs.js';
import { moveAnswer } from './move-answer.js';
import { addTrail } from './move-trail.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';

/**
 * Facts of an order that choose the way it is sent: emergencies go straight into transit (LN23:2019 7.2.2). Who asks for advice,
 * however urgent, sends nobody on the way (section 5).
 */
export const sendingConditions = (order: Pick<ServiceRequest, 'priority' | 'category' | 'intent'>): Condition[] =>
  order.priority === 'stat' && !isAdviceRequest(order) ? ['emergency'] : [];

interface Sending {
  readonly builder: WriteBuilder;
  readonly request: FhirRequest;
  readonly acting: Acting;
  readonly edge: Edge;
  readonly origin: string;
  /** The order as the builder has it. */
  readonly order: ServiceRequest & { id: string };
}

/** An order on its way: all that the builder needs to commit, and the answer to give then. */
export interface Sent {
  readonly order: ServiceRequest;
  readonly task: Task;
  /** Warnings about what was sent along, for example a study that exists already. */
  readonly outcome?: OperationOutcome;
}

/**
 * Nobody is sent whose record says that the person died. The record is held until the commit, so that a death recorded at
 * the same moment either finds this referral or stops it. Throws 422 `rule-broken`.
 */
async function assertLiving(builder: WriteBuilder, patient: string): Promise<void> {
  const written = builder.writes.find(({ type, doc }) => type === 'Patient' && doc._id === patient);
  const stored = written ? undefined : await builder.context.store.read('Patient', patient);
  if (stored && !stored.del) builder.guard('Patient', stored);
  const person = written ? builder.resourceOf(written) : stored && !stored.del ? resourceOf(stored) : undefined;
  if (person && hasDied(person as Patient))
    throw fault(
      'rule-broken',
      {
        es: 'Consta que la persona falleció; si es un error, corrija primero su registro.',
        en: 'The record says that the person died; if that is a mistake, correct it first.',
      },
      'ServiceRequest.subject',
    );
}

/** That an order was made after the arrival says the service alone: it opens what is frozen with the sending. Throws 422. */
function assertWrittenBefore(order: ServiceRequest): void {
  if (!afterTheFactOf(order)) return;
  throw fault(
    'rule-broken',
    {
      es: 'Que una referencia se hizo después de la llegada lo anota el servicio: use $receive-emergency.',
      en: 'That a referral was made after the arrival is noted by the service: use $receive-emergency.',
    },
    'ServiceRequest.extension',
  );
}

/**
 * Adds what sending an order makes: the first leg at the destination, Provenance and audit. Throws 422 when the
 * destination is unknown or is the origin, when the person has died, when it says to be made after an arrival, when what it replaces cannot be reopened, or when
 * something refers to what does not exist.
 */
export async function sendReferral({ builder, request, acting, edge, origin, order }: Sending): Promise<Sent> {
  const { context } = builder;
  assertWrittenBefore(order);
  const destination = await destinationOf(context, order.performer?.[0], origin, 'ServiceRequest.performer');
  const patient = localTarget(order.subject.reference ?? '')?.id;
  if (patient !== undefined) await assertLiving(builder, patient);
  const { since, approver } = await reopening(context, order, { origin, destination });
  const { now } = builder;
  const deadlines = await deadlinesAt(context.store, now);
  const due = edge.to === 'in-transit' ? expectedArrival(order, deadlines, now) : undefined;
  const leg = {
    ...{ referral: order, origin, destination, state: edge.to, now, deadlines },
    ...(due === undefined ? {} : { due }),
  };
  const task = builder.create(newLeg({ ...leg, ...(since === undefined ? {} : { since }) }));
  addTrail(builder, request, {
    edge,
    acting,
    sides: { origin, destination, ...(patient === undefined ? {} : { patient }) },
    number: nationalNumber(order),
    ...(approver ? { approver } : {}),
    targets: [`ServiceRequest/${order.id}`, `Task/${task.id}`],
  });
  const missing = await builder.missing();
  if (missing.length > 0) throw new ServiceError(missing);
  return { order, task };
}

/** Answer of a sending: the referral and its Task. */
export const sentAnswer = (status: 200 | 201, { order, task, outcome }: Sent, baseUrl: string): FhirResponse =>
  moveAnswer(status, order, task, {
    ...(outcome ? { outcome } : {}),
    // A repeat may not have got the first answer: where the referral is, is said again.
    headers: { Location: `${baseUrl}/ServiceRequest/${order.id ?? ''}/_history/${order.meta?.versionId ?? '1'}` },
  });
