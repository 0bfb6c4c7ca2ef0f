import { EDGES, type Edge } from '../referral/edges.js';
import { PARTIES } from '../referral/parties.js';
import type { ReferralState } from '../referral/states.js';
import type { DemoCase, DemoStep } from './demo-data.js';

/** A step with what the table of transitions says about it. */
export interface PlannedStep {
  readonly step: DemoStep;
  readonly from: ReferralState;
  readonly to: ReferralState;
  /** Post that makes the move, at which of the two facilities. */
  readonly role: string;
  readonly side: 'origin' | 'destination';
  /** Alias of the destination when the step begins. */
  readonly destination: string;
}

/** A case with all its steps. */
export interface PlannedCase {
  /** State right after sending. */
  readonly sent: ReferralState;
  readonly steps: readonly PlannedStep[];
  /** Alias of the last destination. */
  readonly destination: string;
}

function edgeOf(from: ReferralState, move: Edge['move'], when?: Edge['when']): Edge {
  const edge = EDGES.find((each) => each.from === from && each.move === move && each.when === when);
  if (!edge) throw new RangeError(`the table of transitions has no ${move} from ${from}`);
  return edge;
}

/** Post and facility that make a move: the first party of the edge, in its first role. */
function maker({ by }: Edge): Pick<PlannedStep, 'role' | 'side'> {
  const [party] = by;
  const row = party && PARTIES[party];
  if (row?.side !== 'origin' && row?.side !== 'destination') throw new RangeError('a move of neither facility');
  return { role: row.roles[0], side: row.side };
}

/**
 * Follows a case through the table of transitions, so that the demonstration knows what to expect of every answer.
 * Throws RangeError for a step that the table does not have, or when the case does not end where it says.
 */
export function planCase({ key, priority, steps, to, ends }: DemoCase): PlannedCase {
  const { to: sent } = edgeOf('draft', 'submit', priority === 'stat' ? 'emergency' : undefined);
  const planned: PlannedStep[] = [];
  let state = sent;
  let destination = to;
  for (const step of steps) {
    const edge = edgeOf(state, step.move);
    planned.push({ step, from: state, to: edge.to, destination, ...maker(edge) });
    state = edge.to;
    if (step.move === 'redirect') destination = step.to;
  }
  if (state !== ends) throw new RangeError(`case ${key} ends ${state}, not ${ends}`);
  return { sent, steps: planned, destination };
}
