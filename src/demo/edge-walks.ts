import type { Condition } from '../referral/conditions.js';
import { type Edge, EDGES } from '../referral/edges.js';
import type { ReferralState } from '../referral/states.js';

/** What decides which edges are open: the state and the facts that the table asks for. */
export interface Standing {
  readonly state: ReferralState;
  /** Somebody attended the patient at the present destination. */
  readonly care: boolean;
  /** A request for advice that was not converted. */
  readonly advice: boolean;
  /** Sent as an emergency. */
  readonly stat: boolean;
}

/** A way through the table, from the draft on. */
export interface Walk {
  readonly start: Standing;
  readonly edges: readonly Edge[];
}

const STARTS: readonly Standing[] = [
  { state: 'draft', care: false, advice: false, stat: false },
  { state: 'draft', care: false, advice: false, stat: true },
  { state: 'draft', care: false, advice: true, stat: false },
];

/** Facts that hold where a referral stands, and that a move may carry; what a move carries is for its maker to choose. */
function holds(when: Condition | undefined, { care, advice, stat }: Standing): boolean {
  if (when === 'order') return !advice;
  if (when === 'authorised') return advice;
  if (when === 'care-given') return care;
  if (when === 'no-care') return !care;
  return when !== 'emergency' || stat;
}

/** True when an edge can be followed by somebody who wants to. */
export function isOpen(edge: Edge, at: Standing): boolean {
  if (edge.from !== at.state || edge.newReferral || !holds(edge.when, at)) return false;
  // An emergency is sent as one; a person of an emergency leaves no list before being looked for.
  if (edge.move === 'submit') return (edge.when === 'emergency') === at.stat;
  return !(edge.move === 'leave-list' && at.stat);
}

/** Where a referral stands after an edge. */
export const after = (edge: Edge, at: Standing): Standing => ({
  state: edge.to,
  care: (at.care && edge.oldLeg === undefined) || edge.move === 'start-care',
  advice: at.advice && edge.move !== 'convert',
  stat: at.stat,
});

const keyOf = ({ state, care, advice, stat }: Standing): string => [state, care, advice, stat].join(' ');

/** The shortest way on to the first edge that is wanted; undefined when none can be reached. */
export function wayTo(from: Standing, wanted: (edge: Edge) => boolean): readonly Edge[] | undefined {
  const seen = new Set([keyOf(from)]);
  let fringe: readonly { readonly at: Standing; readonly edges: readonly Edge[] }[] = [{ at: from, edges: [] }];
  while (fringe.length > 0) {
    const next: { readonly at: Standing; readonly edges: readonly Edge[] }[] = [];
    for (const { at, edges } of fringe)
      for (const edge of EDGES.filter((one) => isOpen(one, at))) {
        const way = [...edges, edge];
        if (wanted(edge)) return way;
        const there = after(edge, at);
        if (seen.has(keyOf(there))) continue;
        seen.add(keyOf(there));
        next.push({ at: there, edges: way });
      }
    fringe = next;
  }
  return undefined;
}

/** The shortest walk that ends with an edge. Throws RangeError for one that no referral can follow. */
export function walkTo(edge: Edge): Walk {
  const ways = STARTS.flatMap((start) => {
    const edges = wayTo(start, (one) => one === edge);
    return edges ? [{ start, edges }] : [];
  }).sort((a, b) => a.edges.length - b.edges.length);
  if (!ways[0]) throw new RangeError(`no referral can follow T${edge.t} from ${edge.from ?? '–'}`);
  return ways[0];
}

/** Walks that together follow every edge that is wanted: each goes on to the nearest edge that no walk has followed yet. */
export function walksThrough(wanted: readonly Edge[]): readonly Walk[] {
  const open = new Set(wanted);
  const walks: Walk[] = [];
  while (open.size > 0) {
    const before = open.size;
    for (const start of STARTS) {
      let at = start;
      const edges: Edge[] = [];
      for (;;) {
        const way = wayTo(at, (edge) => open.has(edge));
        if (!way) break;
        for (const edge of way) {
          open.delete(edge);
          edges.push(edge);
          at = after(edge, at);
        }
      }
      if (edges.length > 0) walks.push({ start, edges });
    }
    if (open.size === before) throw new RangeError(`${open.size} transitions are out of reach`);
  }
  return walks;
}
