import type { Task } from '@medplum/fhirtypes';
import { advance } from './advance.js';
import { newLeg } from './legs.js';
import type { Move, MoveEffect } from './move-operation.js';
import { withOutput } from './task-io.js';

/**
 * Ends the leg of a move and starts the next one at a destination (Organization id): same order, number and place
 * in the queue, with the notes so far; the two legs name each other.
 */
export function startNextLeg(move: Move, destination: string, ended: Task = advance(move)): MoveEffect {
  const { builder, edge, now, referral } = move;
  const next = builder.create(
    newLeg({
      referral: referral.resource,
      origin: referral.sides.origin ?? '',
      destination,
      state: edge.to,
      now,
      previous: { ...ended, id: referral.leg.task.id },
    }),
  );
  return { task: withOutput(ended, 'redirected-to', { valueReference: { reference: `Task/${next.id}` } }), next };
}
