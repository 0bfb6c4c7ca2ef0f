import { describe, expect, it } from 'vitest';
import { checkEdition } from './check-edition.js';
import { SHIPPED_EDITION } from './shipped-edition.js';

const KNOWN = { specialties: new Set(['cardiologia', 'pediatria']), services: new Set(['s1']) };
const { number: _number, by: _by, at: _at, ...content } = SHIPPED_EDITION;
const [first, ...others] = content.terms;

/** Places and Spanish words of what is wrong with a table. */
function problems(given: object): string[] {
  const checked = checkEdition({ ...content, ...given }, KNOWN);
  return checked.ok ? [] : checked.problems.map(({ place, words }) => `${place}: ${words.es}`);
}

describe('a table of deadlines', () => {
  it('as it is shipped is whole', () => {
    expect(problems({})).toEqual([]);
  });

  it('may have rows of specialties', () => {
    const row = { ...first, specialty: 'cardiologia', amount: 2, unit: 'working-days' };
    expect(problems({ terms: [...content.terms, row, { ...first, service: 's1' }] })).toEqual([]);
  });

  it.each([
    ['a default that is missing', { terms: others }, 'terms: falta la fila de receipt routine'],
    ['a row that is twice', { terms: [...content.terms, first] }, 'terms[64]: receipt routine está dos veces'],
    [
      'a specialty that does not exist',
      { terms: [...content.terms, { ...first, specialty: 'brujeria' }] },
      'terms[64].specialty: no hay especialidad brujeria',
    ],
    [
      'a service that does not exist',
      { terms: [...content.terms, { ...first, service: 's2' }] },
      'terms[64].service: no hay servicio s2',
    ],
    [
      'a row of a specialty and a service',
      { terms: [...content.terms, { ...first, service: 's1', specialty: 'pediatria' }] },
      'terms[64].service: no vale: specialty | service',
    ],
    ['a term of nothing', { terms: [{ ...first, amount: 0 }, ...others] }, 'terms[0].amount: fuera de rango (≥ 1)'],
    [
      'working time for an emergency',
      { terms: content.terms.map((row) => (row.priority === 'stat' ? { ...row, unit: 'working-hours' } : row)) },
      'terms[3].unit: no vale: stat, asap: elapsed-hours',
    ],
    ['a member that is unknown', { terms: [{ ...first, days: 3 }, ...others] }, 'terms[0]: no se conoce days'],
    [
      'a term that the working days never reach',
      {
        terms: [{ ...first, amount: 7_000, unit: 'working-days' }, ...others],
        workday: { opens: '07:00', closes: '15:00', weekdays: [1] },
      },
      'terms[0].amount: pasa de los días hábiles del calendario',
    ],
    ['a day that does not exist', { validFrom: '2026-02-30' }, 'validFrom: falta o no tiene la forma debida'],
    [
      'a workday that ends before it begins',
      { workday: { opens: '15:00', closes: '07:00', weekdays: [1] } },
      'workday.closes: no vale: closes > opens',
    ],
    [
      'a level that is told before the one below it',
      {
        escalation: [
          { level: 'uau', share: 1 },
          { level: 'network', share: 0.5 },
        ],
      },
      'escalation: general: los niveles van de uau, network, region y no se adelantan',
    ],
    [
      'no general steps',
      { escalation: [{ clock: 'visit', level: 'uau', share: 0 }] },
      'escalation: faltan los pasos generales (sin reloj)',
    ],
  ])('is refused with %s', (_what, given, problem) => {
    expect(problems(given)).toContain(problem);
  });

  it('tells everything that is wrong at once', () => {
    expect(problems({ terms: others, escalation: [{ clock: 'visit', level: 'uau', share: 0 }] })).toHaveLength(2);
  });
});
