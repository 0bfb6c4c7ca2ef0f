import { type Condition, isStanding } from '../referral/conditions.js';
import { EDGES, type Edge } from '../referral/edges.js';
import { PARTIES } from '../referral/parties.js';
import type { ReferralState } from '../referral/states.js';
import type { DemoCase, DemoStep } from './demo-data.js';
import { after, isOpen, type Standing } from './edge-walks.js';

/** A step with what the table of transitions says about it. */
export interface PlannedStep {
  readonly step: DemoStep;
  readonly edge: Edge;
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
  /** The transition that sends it. */
  readonly edge: Edge;
  readonly steps: readonly PlannedStep[];
  /** Alias of the last destination. */
  readonly destination: string;
}

/** Dispositions of an answer that are facts of the table. */
const SAID: Readonly<Record<string, Condition>> = { advice: 'advice', onward: 'onward', died: 'died' };

/** The edge of a step: that of what it says, else the ordinary one, else the one that the facts open. */
function edgeOf(at: Standing, step: DemoStep): Edge {
  const said = step.move === 'respond' ? SAID[step.disposition] : undefined;
  const edges = EDGES.filter((edge) => edge.move === step.move && isOpen(edge, at));
  const edge =
    edges.find(({ when }) => when !== undefined && when === said) ??
    edges.find(({ when }) => when === undefined) ??
    edges.find(({ when }) => isStanding(when));
  if (!edge) throw new RangeError(`the table of transitions has no ${step.move} from ${at.state}`);
  return edge;
}

/** Post and facility that make a move: the first party of the edge that is of a facility, in its first role. */
export function maker({ by }: Edge): Pick<PlannedStep, 'role' | 'side'> {
  for (const party of by) {
    const { side, roles } = PARTIES[party];
    if (side === 'origin' || side === 'destination') return { role: roles[0], side };
  }
  throw new RangeError('a move of neither facility');
}

/**
 * Follows a case through the table of transitions, so that the demonstration knows what to expect of every answer.
 * Throws RangeError for a step that the table does not have, or when the case does not end where it says.
 */
export function planCase({ key, priority, steps, to, ends, advice = false }: DemoCase): PlannedCase {
  const start: Standing = { state: 'draft', care: false, advice, stat: priority === 'stat' };
  const edge = EDGES.find((one) => one.move === 'submit' && isOpen(one, start));
  if (!edge) throw new RangeError('the table of transitions has no way to send');
  const planned: PlannedStep[] = [];
  let at = after(edge, start);
  let destination = to;
  for (const step of steps) {
    const next = edgeOf(at, step);
    planned.push({ step, edge: next, from: at.state, to: next.to, destination, ...maker(next) });
    at = after(next, at);
    if (step.move === 'redirect') destination = step.to;
  }
  if (at.state !== ends) throw new RangeError(`case ${key} ends ${at.state}, not ${ends}`);
  return { sent: edge.to, edge, steps: planned, destination };
}
