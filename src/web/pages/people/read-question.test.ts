import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readBirth, readQuestion } from './read-question.js';

describe('the search box', () => {
  it.each([
    ['0801-1990-00012', { kind: 'dni', dni: '0801199000012' }],
    [' 0801 1990 00012 ', { kind: 'dni', dni: '0801199000012' }],
    ['0801-1990-0001', { kind: 'broken-dni', digits: 12 }],
    ['199001', { kind: 'number', value: '199001' }],
    ['REF-2026-0000001', { kind: 'number', value: 'REF-2026-0000001' }],
    ['t-bpfdsyed', { kind: 'number', value: 't-bpfdsyed' }],
    ['E 123456', { kind: 'number', value: 'E 123456' }],
    ['Ana  Arzú', { kind: 'names', words: ['Ana', 'Arzú'] }],
    ['O’Neill, Mª', { kind: 'names', words: ['O’Neill', 'Mª'] }],
    ['a', { kind: 'no-letters' }],
    ['«»', { kind: 'no-letters' }],
    ['', { kind: 'nothing' }],
  ])('%s', (text, question) => {
    expect(readQuestion(text)).toEqual(question);
  });

  it('understands every text as something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const question = readQuestion(text);
        if (question.kind === 'names') expect(question.words.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a birth date to narrow by', () => {
  it.each([
    ['1984', '1984'],
    ['12/5/1984', '1984-05-12'],
    ['12-05-1984', '1984-05-12'],
    ['1984-05-12', '1984-05-12'],
    ['31/2/1984', undefined],
    ['84', undefined],
    ['mayo', undefined],
    ['0000', undefined],
  ])('%s: %s', (text, date) => {
    expect(readBirth(text)).toBe(date);
  });
});
