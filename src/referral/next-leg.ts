import type { Reference, Task } from '@medplum/fhirtypes';
import { newLeg } from './legs.js';
import type { Move, MoveEffect } from './move-operation.js';
import { withOutput } from './task-io.js';

interface NextLeg {
  /** Organization id. */
  readonly destination: string;
  /** Service at the destination, when one is named. */
  readonly service?: Reference;
  /** The leg that stays behind. */
  readonly ended: Task;
}

/**
 * Ends the leg of a move and starts the next one: same order, number and place in the queue, with the notes so far;
 * the two legs name each other.
 */
export function startNextLeg(move: Move, { destination, service, ended }: NextLeg): MoveEffect {
  const { builder, edge, now, deadlines, referral } = move;
  // Who is on the way was awaited by one hour: another destination gives no fresh term.
  const due = edge.to === 'in-transit' ? referral.leg.task.restriction?.period?.end : undefined;
  const next = builder.create(
    newLeg({
      referral: referral.resource,
      origin: referral.sides.origin ?? '',
      destination,
      state: edge.to,
      now,
      deadlines,
      previous: { ...ended, id: referral.leg.task.id },
      ...(service ? { service } : {}),
      ...(due === undefined ? {} : { due }),
    }),
  );
  return { task: withOutput(ended, 'redirected-to', { valueReference: { reference: `Task/${next.id}` } }), next };
}
