import { describe, expect, it } from 'vitest';
import { alignTable } from './align-table.js';

describe('alignTable', () => {
  it('aligns columns by characters, accents included', () => {
    expect(
      alignTable(
        ['Nº', 'Nombre', 'Edad'],
        [
          ['1', 'Óscar Núñez', '9'],
          ['10', 'Ana', '42'],
        ],
      ),
    ).toEqual(['  Nº  Nombre       Edad', '  ──  ───────────  ────', '  1   Óscar Núñez  9', '  10  Ana          42']);
  });

  it('cuts long texts and keeps line breaks out', () => {
    const [, , row = ''] = alignTable(['Texto'], [[`uno\n${'á'.repeat(60)}`]]);
    expect(row).toBe(`  uno ${'á'.repeat(39)}…`);
  });

  it('has a head when there are no rows', () => {
    expect(alignTable(['A', 'B'], [])).toEqual(['  A  B', '  ─  ─']);
  });
});
