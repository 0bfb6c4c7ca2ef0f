import type { Parameters } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../fhir/definitions/load-definitions.js';
import { codeSystemUrl } from '../../config/canonical.js';
import { moveRow } from '../moves.js';
import { readFields } from '../read-fields.js';
import { ALL_HC10_FIELDS, answerPlace, type Hc10Field, hc10Row } from './hc10-fields.js';
import { BESIDE_THE_NORM, HC10_NORM } from './hc10-norm.js';
import { judgementNamed } from './judgement-words.js';
import { hc10Page } from './hc10-page.js';

const printed = HC10_NORM.flatMap(({ annex, block, fields }) =>
  Object.entries(fields).map(([words, held]) => ({ name: `${annex} ${block}: ${words}`, held })),
);
const held = new Set<Hc10Field>(printed.flatMap((one) => one.held));

describe('the fields of the norm', () => {
  it('all stand in the table: 115 printed fields of annexes 2 to 7', () => {
    const known = new Set<string>(ALL_HC10_FIELDS);
    const missing = printed.filter(({ held: fields }) => fields.length === 0 || !fields.every((one) => known.has(one)));
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(new Set(printed.map(({ name }) => name)).size).toBe(printed.length);
    expect(printed).toHaveLength(115);
  });

  it('are all that the table has, but for what has a reason of its own', () => {
    const beside = ALL_HC10_FIELDS.filter((field) => !held.has(field));
    expect([...beside].sort()).toEqual(Object.keys(BESIDE_THE_NORM).sort());
  });

  it('have a place in a referencia or a respuesta, and stand on the page of the mapping', () => {
    const page = hc10Page();
    for (const field of ALL_HC10_FIELDS) expect(page).toContain(`| \`${field}\` |`);
    const both = ALL_HC10_FIELDS.filter((field) => answerPlace(field) !== undefined);
    expect(both.length).toBeGreaterThan(70);
  });

  it('take their codes from code systems of the guide', () => {
    const definitions = loadDefinitions();
    const systems = [...new Set(ALL_HC10_FIELDS.flatMap((field) => hc10Row(field).system ?? []))];
    const empty = systems.filter(
      (system) => system !== 'request-priority' && definitions.codes(codeSystemUrl(system)).length === 0,
    );
    expect(empty).toEqual([]);
  });
});

describe('the two prints', () => {
  it('name the same two questions', () => {
    expect(['Oportuna', 'justificada', 'ADECUADA', ' pertinente '].map(judgementNamed)).toEqual([
      'oportuna',
      'justificada',
      'oportuna',
      'justificada',
    ]);
    expect(judgementNamed('buena')).toBeUndefined();
  });

  it('are both taken by $respond, each question once', () => {
    const { fields } = moveRow('respond');
    const aliased = fields.filter(({ alias }) => alias !== undefined);
    expect(aliased.map(({ name, alias = '' }) => [name, judgementNamed(alias)])).toEqual([
      ['oportuna', 'oportuna'],
      ['justificada', 'justificada'],
    ]);
    const given = (...names: string[]): Parameters => ({
      resourceType: 'Parameters',
      parameter: names.map((name) => ({ name, valueCode: 'no' })),
    });
    const definitions = loadDefinitions();
    const { values, findings } = readFields('respond', fields, given('pertinente', 'adecuada'), definitions);
    expect([values.code('oportuna'), values.code('justificada')]).toEqual(['no', 'no']);
    expect(findings.map(({ expression }) => expression)).toEqual(['document']);
    expect(() => readFields('respond', fields, given('oportuna', 'adecuada'), definitions)).toThrow();
  });
});
