import type { PractitionerRole, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import { nationalNumber } from './legs.js';
import type { DraftMove, Move, MoveEffect } from './move-operation.js';
import { addTrail } from './move-trail.js';
import { stateRow } from './states.js';

/** The order follows the state: its status comes from the states table; it is written only when it changes. */
export function writeOrder(
  { builder, edge, referral }: DraftMove,
  changed: ServiceRequest | undefined,
): ServiceRequest {
  const { request: status } = stateRow(edge.to);
  if (!changed && referral.resource.status === status) return referral.resource;
  return builder.update(referral.stored, { ...(changed ?? referral.resource), status });
}

interface Traces {
  /** Ids of the legs that the move wrote. */
  readonly tasks: readonly (string | undefined)[];
  readonly approver?: Reference<PractitionerRole> | undefined;
  /** More for the audit record. */
  readonly detail?: Readonly<Record<string, string>> | undefined;
}

/** Provenance and audit record of a move. @param order as it was written */
export function leaveTrail(
  { acting, builder, edge, referral: { resource, sides }, request, values }: DraftMove,
  order: ServiceRequest,
  { tasks, approver, detail }: Traces,
): void {
  addTrail(builder, request, {
    edge,
    acting,
    sides,
    values,
    number: nationalNumber(order),
    ...(approver ? { approver } : {}),
    ...(detail ? { detail } : {}),
    targets: [`ServiceRequest/${resource.id}`, ...tasks.flatMap((id) => (id === undefined ? [] : [`Task/${id}`]))],
  });
}

/** What a move wrote of the referral itself. */
export interface RecordedMove {
  readonly task: Task;
  readonly referral: ServiceRequest;
  /** The leg that goes on, when the move started one. */
  readonly next?: Task;
}

/**
 * Adds to the plan what a move changes: the leg, the order when its status changes, and the traces of the move.
 * @param detail more for the audit record
 */
export function recordMove(move: Move, effect: MoveEffect, detail?: Readonly<Record<string, string>>): RecordedMove {
  const task = move.builder.update(move.referral.leg.stored, effect.task);
  const referral = writeOrder(move, effect.referral);
  leaveTrail({ ...move, acting: effect.acting ?? move.acting }, referral, {
    tasks: [task.id, effect.next?.id],
    approver: effect.approver,
    detail,
  });
  return { task, referral, ...(effect.next ? { next: effect.next } : {}) };
}
