import { describe, expect, it } from 'vitest';
import { type Edge, EDGES } from './edges.js';
import { ALL_MOVES, moveRow } from './moves.js';
import { ALL_PARTIES, PARTIES } from './parties.js';
import { ALL_STATES, type ReferralState, stateRow } from './states.js';
import { edgesFrom } from './transition.js';

/** States from which nothing more happens to this referral. */
const ENDS: readonly ReferralState[] = ['cancelled', 'left-list', 'error', 'redirected'];

function reachableFrom(start: ReferralState): ReadonlySet<ReferralState> {
  const found = new Set<ReferralState>([start]);
  const queue = [start];
  for (let state = queue.pop(); state; state = queue.pop())
    for (const { to, oldLeg } of edgesFrom(state))
      for (const next of oldLeg ? [to, oldLeg] : [to])
        if (!found.has(next)) {
          found.add(next);
          queue.push(next);
        }
  return found;
}

describe('transitions of a referral', () => {
  it.each(
    EDGES.map((edge): readonly [string, Edge] => [
      `T${edge.t} ${[edge.from ?? '–', `$${edge.move}`, edge.when ?? '', '->', edge.to].join(' ')}`,
      edge,
    ]),
  )('%s names known states, moves and parties', (_name, edge) => {
    if (edge.from) expect(ALL_STATES).toContain(edge.from);
    expect(ALL_STATES).toContain(edge.to);
    if (edge.oldLeg) expect(ALL_STATES).toContain(edge.oldLeg);
    expect(ALL_MOVES).toContain(edge.move);
    expect(edge.by.length).toBeGreaterThan(0);
    for (const party of edge.by) expect(PARTIES[party].roles.length).toBeGreaterThan(0);
  });

  it('has all of the 34 numbered transitions', () => {
    const numbers = new Set(EDGES.map(({ t }) => t));
    expect([...numbers].sort()).toEqual(Array.from({ length: 34 }, (_, index) => String(index + 1).padStart(2, '0')));
  });

  it('has one row for each state, operation and condition', () => {
    const keys = EDGES.map(({ from, move, when }) => `${from} ${move} ${when}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('uses every operation of the table', () => {
    expect(new Set(EDGES.map(({ move }) => move))).toEqual(new Set(ALL_MOVES));
  });

  it('gives every party something to do', () => {
    expect(new Set(EDGES.flatMap(({ by }) => by))).toEqual(new Set(ALL_PARTIES));
  });

  it('reaches every state from the draft', () => {
    expect(reachableFrom('draft')).toEqual(new Set(ALL_STATES));
  });

  it.each(ALL_STATES.filter((state) => !ENDS.includes(state)))('%s is no dead end: it can reach an end', (state) => {
    const reachable = reachableFrom(state);
    expect(['closed', ...ENDS].some((end) => reachable.has(end as ReferralState))).toBe(true);
    expect(edgesFrom(state).length).toBeGreaterThan(0);
  });

  it.each(ENDS)('%s is an end: no move of this referral leaves it', (state) => {
    expect(edgesFrom(state)).toEqual([]);
  });

  it.each(ALL_STATES.filter((state) => stateRow(state).actsNext))(
    '%s: somebody of the side that must act can act',
    (state) => {
      const side = stateRow(state).actsNext;
      const sides = edgesFrom(state).flatMap(({ by }) => by.map((party) => PARTIES[party].side));
      expect(sides).toContain(side);
    },
  );

  it('never lets the destination reject an emergency in transit', () => {
    expect(edgesFrom('in-transit').map(({ move }) => move)).not.toContain('reject');
  });

  it('puts operations on Task or ServiceRequest only', () => {
    for (const move of ALL_MOVES) expect(['Task', 'ServiceRequest', 'none']).toContain(moveRow(move).on);
  });
});
