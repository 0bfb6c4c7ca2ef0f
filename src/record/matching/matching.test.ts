import { describe, expect, it } from 'vitest';
import type { Patient } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { SID } from '../../config/canonical.js';
import { foldName, nameWords, soundOf } from './fold-name.js';
import { birthLikeness, nameLikeness, oneLetterOff } from './likeness.js';
import { MATCH_RULES, matchGrade, matchScore } from './match-score.js';
import { type PersonTraits, personTraits } from './person-traits.js';
import { spellings } from './spellings.js';

const person = (given: string, family: string, birthDate?: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ use: 'official', given: [given], family }],
  gender: 'female',
  ...(birthDate === undefined ? {} : { birthDate }),
  address: [{ district: 'La Ceiba', state: 'Atlántida' }],
  ...more,
});
const graded = (a: Patient, b: Patient): string => matchGrade(matchScore(personTraits(a), personTraits(b)));

describe('names by their sound', () => {
  it.each([
    ['Yáñez', 'ianes'],
    ['Velásquez', 'BELAZQUEZ'],
    ['Hernández', 'Ernandes'],
    ['Cecilia', 'Sesilia'],
    ['Jiménez', 'Giménez'],
    ['Murillo', 'Muriyo'],
    ['Ma. de la Luz', 'María Luz'],
    ['Hdez', 'Hernández'],
    ['Xiomara', 'Siomara'],
    ['Anna', 'Ana'],
    ['Peña', 'Pena'],
  ])('%s sounds like %s', (a, b) => {
    expect(foldName(a)).toEqual(foldName(b));
  });

  it('keeps apart what sounds different', () => {
    expect(foldName('Chávez')).not.toEqual(foldName('Cabez'));
    expect(foldName('Casa')).not.toEqual(foldName('Cesa'));
  });

  it('leaves out the words of people without a name yet', () => {
    expect(nameWords('RN de Lucía Murillo')).toEqual(['lucia', 'murillo']);
    expect(nameWords('Desconocido')).toEqual([]);
    expect(nameWords('<b>"$1" ')).toEqual(['b']);
  });

  it('never loses a whole word and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldName(text)).toHaveLength(nameWords(text).length);
        expect(foldName(text)).not.toContain('');
      }),
    );
  });
});

describe('spellings of a word', () => {
  it('hold the ways a clerk may have written it, itself first, and no more than asked for', () => {
    expect(spellings('velasquez', 30)[0]).toBe('velasquez');
    expect(spellings('velasquez', 30)).toEqual(
      expect.arrayContaining(['belasquez', 'velazquez', 'belazquez', 'velasques']),
    );
    expect(spellings('ernandez', 30)).toContain('hernandez');
    expect(spellings('guillermo', 30)).toContain('guiyermo');
    expect(spellings('kristina', 30)).toContain('cristina');
    expect(spellings('zzzzzzzzzzzz', 12)).toHaveLength(12);
  });

  it('sound alike', () => {
    const onset = fc.constantFrom(
      ...['b', 'v', 'c', 'k', 'qu', 'ch', 'g', 'h', 'j', 'l', 'll', 'm', 's', 'x', 'y', 'z'],
    );
    const nucleus = fc.constantFrom('a', 'e', 'i', 'o', 'u', 'ia', 'ei');
    const coda = fc.constantFrom('', '', 'n', 'r', 's', 'z', 'l');
    const syllable = fc.tuple(onset, nucleus, coda).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(syllable, { minLength: 1, maxLength: 4 }), (syllables) => {
        const word = syllables.join('');
        for (const one of spellings(word, 20)) expect([one, soundOf(one)]).toEqual([one, soundOf(word)]);
      }),
    );
  });
});

describe('likeness', () => {
  it('of birth dates knows typing errors and precision', () => {
    expect(birthLikeness('1984-05-12', '1984-05-12')).toBe(1);
    expect(birthLikeness('1984-05-12', '1984-12-05')).toBe(0.9);
    expect(birthLikeness('1984-05-12', '1984-05')).toBe(0.8);
    expect(birthLikeness('1984-05-12', '1984')).toBe(0.6);
    expect(birthLikeness('1984-05-12', '1948-05-12')).toBe(0.5);
    expect(birthLikeness('1984-05-12', '1985-01-01')).toBe(0.4);
    expect(birthLikeness('1984-05-12', '1990-01-01')).toBe(0);
  });

  it('of names forgives a left-out second name and one letter', () => {
    expect(nameLikeness(['ana', 'kristina'], ['ana'])).toBe(0.9);
    expect(nameLikeness(['arsu'], ['norales'])).toBe(0);
    expect(nameLikeness(['norales'], ['morales'])).toBe(0.85);
    expect(nameLikeness([], ['ana'])).toBeUndefined();
    expect(oneLetterOff('abcd', 'abdc')).toBe(true);
    expect(oneLetterOff('abcd', 'dcba')).toBe(false);
  });
});

describe('two registrations', () => {
  const ana = person('Ana Cristina', 'Arzú Norales', '1984-05-12');

  it('of one person are found in spite of how clerks write', () => {
    expect(graded(ana, person('ANA CRISTINA', 'ARZU NORALES', '1984-05-12'))).toBe('probable');
    expect(graded(ana, person('Ana Kristina', 'Arsú', '1984-05-12'))).toBe('probable');
    expect(graded(ana, person('Ana', 'Arzú Norales', '1984-12-05'))).toBe('probable');
    expect(graded(ana, person('Ana Cristina', 'Arzú Norales', '1948-05-12'))).toBe('possible');
    expect(graded(ana, person('Ana Cristina', 'Arzú Norales'))).toBe('possible');
  });

  it('of two people are not, however common the name', () => {
    expect(graded(ana, person('Ana Cristina', 'Arzú Norales', '1991-09-30'))).toBe('certainly-not');
    expect(graded(ana, person('Rosa', 'Gómez', '1984-05-12'))).toBe('certainly-not');
    const dni = (value: string): Partial<Patient> => ({ identifier: [{ system: SID.dni, value }] });
    expect(
      graded(
        person('Ana', 'Arzú', '1984-05-12', dni('0101198480011')),
        person('Ana', 'Arzú', '1984-05-12', dni('0101198480029')),
      ),
    ).toBe('certainly-not');
  });

  it('weights of the rules add up to one', () => {
    const sum = Object.values(MATCH_RULES).reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 10);
  });
});

describe('the score', () => {
  const word = fc.constantFrom('ana', 'kristina', 'hose', 'arsu', 'norales', 'morales', 'j', 'peres', 'gomes');
  const words = fc.array(word, { maxLength: 4 });
  const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined });
  const traits = fc
    .record({
      given: words,
      surnames: words,
      birth: maybe(fc.constantFrom('1984-05-12', '1984-12-05', '1984-05', '1984', '1985-01-01', '2026-11-01')),
      sex: maybe(fc.constantFrom('female', 'male')),
      home: maybe(fc.constantFrom('atlantida la ceiba', 'cortes omoa')),
      mother: maybe(fc.constantFrom('Patient/1', 'Patient/2')),
      twin: maybe(fc.constantFrom(1, 2)),
      dni: maybe(fc.constantFrom('0101198480011', '0101198480029')),
    })
    .map(
      (all) =>
        Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as PersonTraits,
    );

  it('is the same in both directions and between 0 and 1', () => {
    fc.assert(
      fc.property(traits, traits, (a, b) => {
        expect(matchScore(a, b)).toBe(matchScore(b, a));
        expect(matchScore(a, b)).toBeGreaterThanOrEqual(0);
        expect(matchScore(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of a person with itself is the highest the person has, and 1 when all is known', () => {
    fc.assert(
      fc.property(traits, traits, (a, b) => {
        // A less precise date contradicts nobody: it is as like itself as it can be.
        expect(matchScore(a, a)).toBeGreaterThanOrEqual(
          matchScore(a, { ...b, ...(a.birth === undefined ? {} : { birth: a.birth }) }),
        );
        const whole = { ...a, given: ['ana'], surnames: ['arsu'], birth: '1984-05-12', sex: 'female', home: 'x' };
        expect(matchScore(whole, whole)).toBe(1);
      }),
    );
  });
});
