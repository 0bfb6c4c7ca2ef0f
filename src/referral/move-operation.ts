import type { OperationOutcome, PractitionerRole, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../config/canonical.js';
import { fault, type Finding, isServiceError, ServiceError } from '../errors.js';
import { createWarnings, warningOutcome } from '../fhir/create-warnings.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { ConditionMatched } from '../store/write-plan.js';
import type { Acting } from './acting.js';
import type { Operation } from '../fhir/operation.js';
import { WriteBuilder } from '../fhir/write-builder.js';
import { type AskedMove, askMove, chooseEdge, notAllowed } from './ask-move.js';
import type { Condition } from './conditions.js';
import type { Deadlines } from './deadlines/deadlines.js';
import { deadlinesAt } from './deadlines/deadline-book.js';
import type { Edge } from './edges.js';
import type { Leg, Referral } from './load-referral.js';
import { moveAnswer } from './move-answer.js';
import { moveInputs } from './move-inputs.js';
import { type MoveName, moveRow } from './moves.js';
import { leaveTrail, recordMove, writeOrder } from './record-move.js';

/** A move that the table allows, about to be carried out; a draft has no leg. */
export interface DraftMove extends AskedMove {
  readonly edge: Edge;
  readonly builder: WriteBuilder;
  readonly now: Date;
  /** Terms in force. */
  readonly deadlines: Deadlines;
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
  /** Who did it, for Provenance, when that is not who asked: the service, for that person. */
  readonly acting?: Acting;
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
  /** What the caller should know about what was done, before it commits; never a reason to refuse it. */
  readonly warn?: (move: Move) => Promise<readonly Finding[]>;
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
  /** The leg that goes on; none of a draft. */
  readonly task?: Task;
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
  const edge = await chooseEdge(asked, handler.conditions?.(asked) ?? []);
  const findings = [...asked.findings, ...((await handler.check?.(asked)) ?? [])];
  if (findings.length > 0) throw new ServiceError(findings);
  const { leg } = asked.referral;
  const builder = frame?.builder ?? new WriteBuilder(context, request);
  const { now } = builder;
  const deadlines = await deadlinesAt(context.store, now);
  if (!leg) return onDraft(handler, { ...asked, edge, builder, now, deadlines });
  const move: Move = { ...asked, referral: { ...asked.referral, leg }, edge, builder, now, deadlines };
  const effect = await handler.apply(move);
  const detail = await frame?.complete(move);
  const { task, referral, next } = recordMove(move, effect, detail);
  await refuseMissing(builder);
  const notes = (await handler.warn?.(move)) ?? [];
  const outcome = warningOutcome(await createWarnings(builder), { notes });
  await commitMove(builder);
  return { builder, referral, task: next ?? task, ...(outcome ? { outcome } : {}) };
}

/** A move of a referral that was never sent: only the order changes. */
async function onDraft({ applyToDraft }: MoveHandler, move: DraftMove): Promise<CarriedOut> {
  if (!applyToDraft) throw await notAllowed(move);
  const { builder } = move;
  const referral = writeOrder(move, applyToDraft(move));
  leaveTrail(move, referral, { tasks: [] });
  await refuseMissing(builder);
  await builder.commit();
  return { builder, referral };
}

/** Throws 422 when something that is written refers to what does not exist. */
async function refuseMissing(builder: WriteBuilder): Promise<void> {
  const missing = await builder.missing();
  if (missing.length > 0) throw new ServiceError(missing);
}

/** A slot that somebody else changed meanwhile is told as what it is, not as a version of the referral. */
async function commitMove(builder: WriteBuilder): Promise<void> {
  try {
    await builder.commit();
  } catch (error) {
    const of = isServiceError(error) && error.code === 'version-conflict' ? error.findings[0]?.params?.['type'] : '';
    if (of === 'Slot') throw fault('slot-taken', {}, 'slot');
    throw error;
  }
}

/**
 * What goes along with a move (a notice that ends with it) changed meanwhile: 409, and the same move may be sent again.
 * Every other error is told as it is.
 */
export const whenRaced = (error: unknown): unknown =>
  error instanceof ConditionMatched ? fault('write-conflict') : error;

async function runMove(handler: MoveHandler, context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { referral, task, outcome } = await carryOut(handler, context, request).catch((error: unknown) => {
    throw whenRaced(error);
  });
  return moveAnswer(200, referral, task, outcome ? { outcome } : {});
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
    inputs: moveInputs(handler.move),
    purpose: handler.purpose,
    handle: (context, request) => runMove(handler, context, request),
    carryOut: (context, request, frame) => carryOut(handler, context, request, frame),
  };
}
