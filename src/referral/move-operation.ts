import type { OperationOutcome, ServiceRequest, Task } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../config/canonical.js';
import { type Finding, ServiceError } from '../errors.js';
import { createWarnings, warningOutcome } from '../fhir/create-warnings.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { Operation } from '../fhir/operation.js';
import { WriteBuilder } from '../fhir/write-builder.js';
import { type AskedMove, askMove, chooseEdge, notAllowed } from './ask-move.js';
import type { Condition, Edge } from './edges.js';
import { nationalNumber } from './legs.js';
import type { Leg, Referral } from './load-referral.js';
import { moveAnswer } from './move-answer.js';
import { addTrail } from './move-trail.js';
import { type MoveName, moveRow } from './moves.js';
import { stateRow } from './states.js';

/** A move that the table allows, about to be carried out. */
export interface Move extends AskedMove {
  readonly referral: Referral & { readonly leg: Leg };
  readonly edge: Edge;
  readonly builder: WriteBuilder;
  readonly now: Date;
}

/** What a move changes besides the resources it adds to the builder itself. */
export interface MoveEffect {
  /** Next version of the leg, in its new state. */
  readonly task: Task;
  /** Next version of the order, when more than its status changes. */
  readonly referral?: ServiceRequest;
  /** The leg that goes on, when the move started one. */
  readonly next?: Task & { id: string };
}

export interface MoveHandler {
  readonly move: MoveName;
  /** One sentence in Spanish, for the documentation. */
  readonly purpose: string;
  /** Facts that choose between edges. */
  readonly conditions?: (asked: AskedMove) => readonly Condition[];
  /** Rules beyond the fields table: findings of 422. */
  readonly check?: (asked: AskedMove) => readonly Finding[] | Promise<readonly Finding[]>;
  readonly apply: (move: Move) => MoveEffect | Promise<MoveEffect>;
}

/** Canonical URL of the definition of an operation of the referral workflow. */
export const operationUrl = (name: string): string => `${CANONICAL_ROOT}/OperationDefinition/${name}`;

/** What a plain write adds to the move that it means (see `plain-writes/`). */
export interface MoveFrame {
  /** Collects what the move writes. */
  readonly builder: WriteBuilder;
  /** Adds what is still to be written, when the move has written its own; returns what the audit record says of it. */
  readonly complete: (move: Move) => Promise<Readonly<Record<string, string>>>;
}

/** A move that was carried out. */
export interface CarriedOut {
  readonly builder: WriteBuilder;
  readonly referral: ServiceRequest;
  /** The leg that goes on. */
  readonly task: Task;
  readonly outcome?: OperationOutcome;
}

/** The operation of a move; `carryOut` is what plain writes share with it. */
export interface MoveOperation extends Operation {
  readonly carryOut: (context: FhirContext, request: FhirRequest, frame?: MoveFrame) => Promise<CarriedOut>;
}

async function carryOut(
  handler: MoveHandler,
  context: FhirContext,
  request: FhirRequest,
  frame?: MoveFrame,
): Promise<CarriedOut> {
  const asked = await askMove(context, request, handler.move);
  const edge = chooseEdge(asked, handler.conditions?.(asked) ?? []);
  const findings = [...asked.findings, ...((await handler.check?.(asked)) ?? [])];
  if (findings.length > 0) throw new ServiceError(findings);
  const { leg } = asked.referral;
  if (!leg) throw notAllowed(asked);
  const builder = frame?.builder ?? new WriteBuilder(context, request);
  const move: Move = { ...asked, referral: { ...asked.referral, leg }, edge, builder, now: builder.now };
  const effect = await handler.apply(move);
  const detail = await frame?.complete(move);
  const task = builder.update(leg.stored, effect.task);
  const referral = writeOrder(move, effect.referral);
  addTrail(builder, request, {
    edge,
    acting: asked.acting,
    sides: asked.referral.sides,
    values: asked.values,
    number: nationalNumber(referral),
    ...(detail ? { detail } : {}),
    targets: [
      `ServiceRequest/${asked.referral.resource.id}`,
      `Task/${task.id}`,
      ...(effect.next ? [`Task/${effect.next.id}`] : []),
    ],
  });
  const missing = await builder.missing();
  if (missing.length > 0) throw new ServiceError(missing);
  const outcome = warningOutcome(await createWarnings(builder));
  await builder.commit();
  return { builder, referral, task: effect.next ?? task, ...(outcome ? { outcome } : {}) };
}

async function runMove(handler: MoveHandler, context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { referral, task, outcome } = await carryOut(handler, context, request);
  return moveAnswer(200, referral, task, outcome ? { outcome } : {});
}

/** The order follows the state: its status comes from the states table; it is written only when it changes. */
function writeOrder({ builder, edge, referral }: Move, changed: ServiceRequest | undefined): ServiceRequest {
  const { request: status } = stateRow(edge.to);
  if (!changed && referral.resource.status === status) return referral.resource;
  return builder.update(referral.stored, { ...(changed ?? referral.resource), status });
}

/** The operation that carries out a move: one row for the router, the policy and the CapabilityStatement. */
export function moveOperation(handler: MoveHandler): MoveOperation {
  const { on } = moveRow(handler.move);
  if (on === 'none') throw new TypeError(`${handler.move} is no operation`);
  return {
    name: handler.move,
    definition: operationUrl(handler.move),
    level: 'instance',
    type: on,
    method: 'POST',
    affectsState: true,
    purpose: handler.purpose,
    handle: (context, request) => runMove(handler, context, request),
    carryOut: (context, request, frame) => carryOut(handler, context, request, frame),
  };
}
