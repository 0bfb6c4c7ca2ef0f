import type { Operation } from '../fhir/operation.js';
import type { Condition } from './conditions.js';
import { type MoveName, moveRow } from './moves.js';
import type { Party } from './parties.js';
import type { ReferralState } from './states.js';
import { movesFrom } from './transition.js';

/**
 * Moves that one of the parties can do now: rows of the table whose operation this server has. The presence of an
 * operation is the only mark of what is built. `standing`: facts of the referral that open or close edges.
 */
export function allowedMoves(
  operations: readonly Operation[],
  state: ReferralState,
  parties: readonly Party[],
  standing?: readonly Condition[],
): readonly MoveName[] {
  return movesFrom(state, parties, standing).filter((move) =>
    operations.some(({ name, type }) => name === move && type === moveRow(move).on),
  );
}

/** The same as a list for a message: `$accept, $reject`, or a dash. */
export const allowedText = (moves: readonly MoveName[]): string => moves.map((move) => `$${move}`).join(', ') || '—';
