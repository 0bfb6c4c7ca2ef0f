import { describe, expect, it } from 'vitest';
import { EDGES } from '../edges.js';
import { type MoveName, moveRow } from '../moves.js';
import { LEG_SOURCES, PLAIN_MOVES } from './plain-moves.js';

const rows = [
  ...PLAIN_MOVES.flatMap(({ type, from, to, move, sources }) =>
    move === undefined ? [] : [{ name: `${type} ${from.join(' ')} -> ${to.join(' ')}`, move, sources }],
  ),
  ...Object.entries(LEG_SOURCES).map(([move, sources]) => ({ name: `Task $${move}`, move: move as MoveName, sources })),
];

describe('table of plain writes', () => {
  it.each(rows.map((row) => [row.name, row] as const))(
    '%s reads fields that its move has',
    (_name, { move, sources }) => {
      const fields = moveRow(move).fields.map(({ name }) => name);
      for (const { field } of sources) expect(fields).toContain(field);
      expect(EDGES.some((edge) => edge.move === move)).toBe(true);
    },
  );

  it('reads everything that a linked resource must say', () => {
    for (const { type, move, sources } of PLAIN_MOVES) {
      if (move === undefined) continue;
      const read = new Set(sources.map(({ field }) => field));
      const missing = moveRow(move).fields.filter(({ name, required }) => required && !read.has(name));
      expect([type, move, missing]).toEqual([type, move, []]);
    }
  });

  it('has one row at most for a change', () => {
    for (const [index, row] of PLAIN_MOVES.entries())
      for (const other of PLAIN_MOVES.slice(index + 1)) {
        const meets = (a: readonly string[], b: readonly string[]): boolean => a.some((status) => b.includes(status));
        if (row.changes && other.changes) continue;
        expect(row.type === other.type && meets(row.from, other.from) && meets(row.to, other.to)).toBe(false);
      }
  });
});
