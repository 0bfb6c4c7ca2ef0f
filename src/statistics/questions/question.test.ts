import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type AskedQuestion, QUESTION_LENGTHS, questionMistakes } from './question.js';
import { ALL_DECISIONS, DECISIONS, decisionsIn } from './question-desk.js';

const good: AskedQuestion = {
  subject: 'other-table',
  text: 'Referencias por municipio, por favor',
  organisation: '',
  email: '',
};

describe('a question', () => {
  it.each<[Partial<AskedQuestion>, object]>([
    [{}, {}],
    [{ email: 'nombre@ejemplo.hn', organisation: 'Universidad' }, {}],
    [{ subject: '' }, { subject: 'subject' }],
    [{ subject: 'toString' }, { subject: 'subject' }],
    [{ text: 'corta' }, { text: 'short' }],
    [{ text: 'x'.repeat(QUESTION_LENGTHS.text.max + 1) }, { text: 'long' }],
    [{ text: 'Mi prima, 0801-1990-00012, fue referida' }, { text: 'identity' }],
    [{ text: 'Mi prima, 0801 1990 00012, fue referida' }, { text: 'identity' }],
    [{ text: 'Mi prima, 0801199000012, fue referida' }, { text: 'identity' }],
    [{ text: 'Los meses 2026-01 a 2026-06, por favor' }, {}],
    [{ organisation: 'x'.repeat(121) }, { organisation: 'organisation' }],
    [{ email: 'no es correo' }, { email: 'email' }],
    [{ email: `${'x'.repeat(200)}@ejemplo.hn` }, { email: 'email' }],
  ])('%j has the mistakes %j', (change, mistakes) => {
    expect(questionMistakes({ ...good, ...change })).toEqual(mistakes);
  });

  it('never keeps an identity number, however it is grouped and whatever stands around it', () => {
    const digits = (length: number): fc.Arbitrary<string> =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
    const gap = fc.constantFrom('', ' ', '-');
    const dni = fc.tuple(digits(4), gap, digits(4), gap, digits(5)).map((parts) => parts.join(''));
    const words = fc.constantFrom('persona con', 'la número', '(', ' ');
    fc.assert(
      fc.property(words, dni, words, (before, number, after) => {
        expect(questionMistakes({ ...good, text: `${before} ${number} ${after}` }).text).toBe('identity');
      }),
    );
  });
});

describe('decisions', () => {
  it('lead out of every state a question can be read in, and out of none in which it is gone', () => {
    expect(decisionsIn('waiting')).toEqual(ALL_DECISIONS);
    expect(decisionsIn('released')).toEqual(['answer', 'decline', 'remove']);
    expect(decisionsIn('answered')).toEqual(['remove']);
    expect(decisionsIn('removed')).toEqual([]);
  });

  it('ask for words exactly where the public gets an answer', () => {
    expect(ALL_DECISIONS.filter((name) => DECISIONS[name].reply)).toEqual(['answer', 'decline']);
  });
});
