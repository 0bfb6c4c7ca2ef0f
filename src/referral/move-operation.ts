import type { PractitionerRole, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../config/canonical.js';
import { type Finding, ServiceError } from '../errors.js';
import { createWarnings, warningOutcome } from '../fhir/create-warnings.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { Operation } from '../fhir/operation.js';
import { WriteBuilder } from '../fhir/write-builder.js';
import { type AskedMove, askMove, chooseEdge, notAllowed } from './ask-move.js';
import type { Condition } from './conditions.js';
import type { Edge } from './edges.js';
import { nationalNumber } from './legs.js';
import type { Leg, Referral } from './load-referral.js';
import { moveAnswer } from './move-answer.js';
import { addTrail } from './move-trail.js';
import { moveInputs } from './move-inputs.js';
import { type MoveName, moveRow } from './moves.js';
import { stateRow } from './states.js';

/** A move that the table allows, about to be carried out; a draft has no leg. */
export interface DraftMove extends AskedMove {
  readonly edge: Edge;
  readonly builder: WriteBuilder;
  readonly now: Date;
}

/** A move of a referral that was sent. */
export interface Move extends DraftMove {
  readonly referral: Referral & { readonly leg: Leg };
}

/** What a move changes besides the resources it adds to the builder itself. */
export interface MoveEffect {
  /** Next version of the leg, in its new state. */
  readonly task: Task;
  /** Next version of the order, when more than its status changes. */
  readonly referral?: ServiceRequest;
  /** The leg that goes on, when the move started one. */
  readonly next?: Task & { id: string };
  /** Who approved it, where the rule asks for a second person. */
  readonly approver?: Reference<PractitionerRole>;
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
  /** Next version of the order of a referral that was never sent; absent: the move needs a sent one. */
  readonly applyToDraft?: (move: DraftMove) => ServiceRequest;
}

/** Canonical URL of the definition of an operation of the referral workflow. */
export const operationUrl = (name: string): string => `${CANONICAL_ROOT}/OperationDefinition/${name}`;

async function runMove(handler: MoveHandler, context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const asked = await askMove(context, request, handler.move);
  const edge = await chooseEdge(asked, handler.conditions?.(asked) ?? []);
  const findings = [...asked.findings, ...((await handler.check?.(asked)) ?? [])];
  if (findings.length > 0) throw new ServiceError(findings);
  const { leg } = asked.referral;
  const builder = new WriteBuilder(context, request);
  if (!leg) return runOnDraft(handler, { ...asked, edge, builder, now: builder.now });
  const move: Move = { ...asked, referral: { ...asked.referral, leg }, edge, builder, now: builder.now };
  const { task, referral, next } = carryOut(move, await handler.apply(move));
  const missing = await builder.missing();
  if (missing.length > 0) throw new ServiceError(missing);
  const outcome = warningOutcome(await createWarnings(builder));
  await builder.commit();
  return moveAnswer(200, referral, next ?? task, outcome ? { outcome } : {});
}

/** A move of a referral that was never sent: only the order changes. */
async function runOnDraft({ applyToDraft }: MoveHandler, move: DraftMove): Promise<FhirResponse> {
  if (!applyToDraft) throw await notAllowed(move);
  const referral = writeOrder(move, applyToDraft(move));
  trail(move, referral, []);
  const missing = await move.builder.missing();
  if (missing.length > 0) throw new ServiceError(missing);
  await move.builder.commit();
  return moveAnswer(200, referral, undefined);
}

function trail(
  { acting, builder, edge, referral: { resource, sides }, request, values }: DraftMove,
  order: ServiceRequest,
  tasks: readonly (string | undefined)[],
  approver?: Reference<PractitionerRole>,
): void {
  addTrail(builder, request, {
    edge,
    acting,
    sides,
    values,
    number: nationalNumber(order),
    ...(approver ? { approver } : {}),
    targets: [`ServiceRequest/${resource.id}`, ...tasks.flatMap((id) => (id === undefined ? [] : [`Task/${id}`]))],
  });
}

/** Adds to the plan what a move changes: the leg, the order when its status changes, and the traces of the move. */
export function carryOut(
  move: Move,
  effect: MoveEffect,
): { readonly task: Task; readonly referral: ServiceRequest; readonly next?: Task } {
  const task = move.builder.update(move.referral.leg.stored, effect.task);
  const referral = writeOrder(move, effect.referral);
  trail(move, referral, [task.id, effect.next?.id], effect.approver);
  return { task, referral, ...(effect.next ? { next: effect.next } : {}) };
}

/** The order follows the state: its status comes from the states table; it is written only when it changes. */
function writeOrder({ builder, edge, referral }: DraftMove, changed: ServiceRequest | undefined): ServiceRequest {
  const { request: status } = stateRow(edge.to);
  if (!changed && referral.resource.status === status) return referral.resource;
  return builder.update(referral.stored, { ...(changed ?? referral.resource), status });
}

/** The operation that carries out a move: one row for the router, the policy and the CapabilityStatement. */
export function moveOperation(handler: MoveHandler): Operation {
  const { on } = moveRow(handler.move);
  if (on === 'none') throw new TypeError(`${handler.move} is no operation`);
  return {
    name: handler.move,
    definition: operationUrl(handler.move),
    level: 'instance',
    type: on,
    method: 'POST',
    affectsState: true,
    inputs: moveInputs(handler.move),
    purpose: handler.purpose,
    handle: (context, request) => runMove(handler, context, request),
  };
}
