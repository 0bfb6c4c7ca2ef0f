import { describe, expect, it } from 'vitest';
import { EDGES } from '../referral/edges.js';
import { after, isOpen, walksThrough, walkTo, type Walk } from './edge-walks.js';

/** What makes a referral, also one that replaces another, is no move of a referral that is there. */
const MOVES = EDGES.filter(({ from, move }) => from !== undefined && move !== 'create');

function follow({ start, edges }: Walk): void {
  let at = start;
  for (const edge of edges) {
    expect(isOpen(edge, at)).toBe(true);
    at = after(edge, at);
  }
}

describe('walks through the table', () => {
  it('reach every edge', () => {
    for (const edge of MOVES) {
      const walk = walkTo(edge);
      expect(walk.edges.at(-1)).toBe(edge);
      follow(walk);
    }
  });

  it('follow all edges together, in few walks', () => {
    const walks = walksThrough(MOVES);
    walks.forEach(follow);
    expect(new Set(walks.flatMap(({ edges }) => edges))).toEqual(new Set(MOVES));
    expect(walks.length).toBeLessThan(MOVES.length * 0.6);
  });

  it('refuse an edge that nobody can follow', () => {
    expect(() => walkTo({ ...MOVES[0]!, from: 'error' })).toThrow('no referral can follow');
  });
});
