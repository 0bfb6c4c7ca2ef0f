import type { OperationOutcome, ServiceRequest, Task } from '@medplum/fhirtypes';
import { ServiceError } from '../errors.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { WriteBuilder } from '../fhir/write-builder.js';
import type { Acting } from './acting.js';
import { deadlinesAt } from './deadlines/deadline-book.js';
import { destinationOf } from './destination.js';
import type { Condition, Edge } from './edges.js';
import { nationalNumber, newLeg } from './legs.js';
import { moveAnswer } from './move-answer.js';
import { addTrail } from './move-trail.js';
import { localTarget } from '../fhir/references.js';

/** Facts of an order that choose the way it is sent: emergencies go straight into transit (LN23:2019 7.2.2). */
export const sendingConditions = (order: Pick<ServiceRequest, 'priority'>): Condition[] =>
  order.priority === 'stat' ? ['emergency'] : [];

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
 * Adds what sending an order makes: the first leg at the destination, Provenance and audit. Throws 422 when the
 * destination is unknown or is the origin, or when something refers to what does not exist.
 */
export async function sendReferral({ builder, request, acting, edge, origin, order }: Sending): Promise<Sent> {
  const { context } = builder;
  const destination = await destinationOf(context, order.performer?.[0], origin, 'ServiceRequest.performer');
  const { now } = builder;
  const deadlines = await deadlinesAt(context.store, now);
  const task = builder.create(newLeg({ referral: order, origin, destination, state: edge.to, now, deadlines }));
  const patient = localTarget(order.subject.reference ?? '')?.id;
  addTrail(builder, request, {
    edge,
    acting,
    sides: { origin, destination, ...(patient === undefined ? {} : { patient }) },
    number: nationalNumber(order),
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
    ...(status === 201
      ? {
          headers: { Location: `${baseUrl}/ServiceRequest/${order.id ?? ''}/_history/${order.meta?.versionId ?? '1'}` },
        }
      : {}),
  });
