import { type Condition, isStanding } from './conditions.js';
import { type Edge, EDGES } from './edges.js';
import type { MoveName } from './moves.js';
import type { Party } from './parties.js';
import type { ReferralState } from './states.js';

/** Outcome of asking whether a move is possible: the edge to follow, or why not. */
export type Decision =
  | { readonly ok: true; readonly to: ReferralState; readonly edge: Edge }
  | { readonly ok: false; readonly refused: 'state' | 'condition' | 'party' };

/** Edges that leave a state, of the referral itself (a new referral that replaces it is not a move of this one). */
export const edgesFrom = (state: ReferralState): readonly Edge[] =>
  EDGES.filter((edge) => edge.from === state && !edge.newReferral);

/** True when some edge lets one of these parties do the move, in whatever state. */
export const everAllowed = (move: MoveName, parties: readonly Party[]): boolean =>
  EDGES.some((edge) => edge.move === move && edge.by.some((party) => parties.includes(party)));

/**
 * Decides a move by the table alone. Conditions that hold choose their own edge before the ordinary one.
 * Refusals: `state` when no edge with this move leaves the state, `condition` when one does but asks for a fact
 * that does not hold, `party` when the parties are not among those who do it.
 */
export function decide(
  state: ReferralState,
  move: MoveName,
  parties: readonly Party[],
  conditions: readonly Condition[] = [],
): Decision {
  const edges = edgesFrom(state).filter((edge) => edge.move === move);
  if (edges.length === 0) return { ok: false, refused: 'state' };
  const edge =
    edges.find(({ when }) => when !== undefined && conditions.includes(when)) ?? edges.find(({ when }) => !when);
  if (!edge) return { ok: false, refused: 'condition' };
  if (!edge.by.some((party) => parties.includes(party))) return { ok: false, refused: 'party' };
  return { ok: true, to: edge.to, edge };
}

/**
 * Moves that one of the parties can do in a state, each once, in the order of the table. `standing` holds the facts that
 * the referral itself tells; without it moves are told that some fact may yet forbid.
 */
export function movesFrom(
  state: ReferralState,
  parties: readonly Party[],
  standing?: readonly Condition[],
): MoveName[] {
  const open = (when: Condition | undefined): boolean =>
    !standing || when === undefined || !isStanding(when) || standing.includes(when);
  const edges = edgesFrom(state).filter(({ by, when }) => open(when) && by.some((party) => parties.includes(party)));
  return [...new Set(edges.map(({ move }) => move))];
}

/** True when a fact that the referral itself tells chooses between edges: of one move, or of all moves of the state. */
export const asksForFacts = (state: ReferralState, move?: MoveName): boolean =>
  edgesFrom(state).some((edge) => isStanding(edge.when) && (move === undefined || edge.move === move));
