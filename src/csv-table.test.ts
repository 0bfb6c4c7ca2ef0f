import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { CsvError, csvTable, separatorOf } from './csv-table.js';

const read = (text: string, separator?: string): string[][] =>
  [...csvTable(text, separator)].map(({ cells }) => [...cells]);

describe('csvTable', () => {
  it('gives back what was written, whatever the cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', 'é', '"', ';', ',', '\n', '\r\n', ' ') });
    const row = fc
      .array(cell, { minLength: 1, maxLength: 4 })
      .filter((cells) => cells.some((each) => each.trim() !== ''));
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 5 }),
        fc.constantFrom(';', ','),
        fc.constantFrom('\n', '\r\n'),
        (rows, separator, end) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map((cells) => cells.map(quote).join(separator)).join(end);
          expect(read(text, separator)).toEqual(rows);
        },
      ),
    );
  });

  it('counts lines from 1 and over line breaks inside quotes', () => {
    const text = 'a;b\r\n"uno\ndos";x\n\nfin;y';
    expect([...csvTable(text)].map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('reads plain cells with accents and empty cells', () => {
    expect(read('código,descripción\nA09,\n,Niño')).toEqual([
      ['código', 'descripción'],
      ['A09', ''],
      ['', 'Niño'],
    ]);
  });

  it('finds the separator in the first line, not in its quotes', () => {
    expect(separatorOf('"a,b,c";d\n')).toBe(';');
    expect(separatorOf('a,b;c,d')).toBe(',');
    expect(separatorOf('a\tb')).toBe('\t');
  });

  it('refuses quotes that do not close, with the line', () => {
    expect(() => read('a;b\nc;"d')).toThrow(new CsvError(2, 'unclosed-quote').message);
    expect(() => read('a;"b"c')).toThrow(CsvError);
  });
});
