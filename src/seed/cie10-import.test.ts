import { describe, expect, it } from 'vitest';
import { decodeText, parseCie10 } from './cie10-import.js';

const HEAD = 'Código;Descripción;Sexo;Edad mínima;Unidad;Edad máxima;Embarazo;Vigente';
const table = (...lines: string[]): string => [HEAD, ...lines].join('\r\n');

describe('parseCie10', () => {
  it('reads rows with accents, whatever the order of the columns', () => {
    const { rows, rejects } = parseCie10(
      table('O80.9;Parto único espontáneo;M;10;4;55;S;S', 'p599;Ictericia neonatal;;0;2;28;N;'),
    );
    expect(rejects).toEqual([]);
    expect(rows).toEqual([
      {
        code: 'O80.9',
        text: 'Parto único espontáneo',
        valid: true,
        sex: 'female',
        minAgeDays: 3652.5,
        maxAgeDays: 55 * 365.25,
        pregnancy: true,
      },
      { code: 'P59.9', text: 'Ictericia neonatal', valid: true, minAgeDays: 0, maxAgeDays: 28, pregnancy: false },
    ]);
    expect(parseCie10('"texto","codigo","otra columna"\n"Cólera, no especificado","A00.9","x"').rows).toEqual([
      { code: 'A00.9', text: 'Cólera, no especificado', valid: true },
    ]);
  });

  it('names every line it cannot use, and why', () => {
    const { rows, rejects } = parseCie10(
      table(
        'A09;Diarrea;;;;;;',
        'A9;Mal código;;;;;;',
        'B86;;;;;;;',
        'B86;Escabiosis;X;;;;;',
        'A09;Repetido;;;;;;',
        'C61;Próstata;H;60;4;50;;',
        'I10;Hipertensión;;;;;quizá;',
        'J00;Resfriado;;1;siglos;;;',
        'J00;Pocas columnas',
      ),
    );
    expect(rows.map(({ code }) => code)).toEqual(['A09']);
    expect(rejects.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rejects.map(({ reason }) => reason).join('\n')).toMatch(
      /código.*\n.*descripción.*\n.*sexo.*\n.*repetido.*\n.*edad mínima.*\n.*sí o no.*\n.*unidad.*\n.*columnas/,
    );
  });

  it('refuses files without the columns it needs, with a column twice, empty, or with open quotes', () => {
    expect(parseCie10('code;sexo\nA09;H').rejects).toEqual([
      { line: 1, reason: expect.stringContaining('falta la columna') },
    ]);
    expect(parseCie10('code;codigo;texto\nA09;A09;x').rejects[0]?.reason).toContain('dos veces');
    expect(parseCie10('').rejects).toEqual([{ line: 1, reason: 'el archivo está vacío' }]);
    expect(parseCie10('code;text\nA09;"abierta').rejects).toEqual([
      { line: 2, reason: 'hay comillas que no se cierran' },
    ]);
  });
});

describe('decodeText', () => {
  it('reads UTF-8 with or without a mark, and Windows-1252', () => {
    expect(decodeText(Buffer.from('\uFEFFcódigo'))).toBe('código');
    expect(decodeText(Buffer.from('código'))).toBe('código');
    expect(decodeText(Buffer.from('código', 'latin1'))).toBe('código');
  });
});
