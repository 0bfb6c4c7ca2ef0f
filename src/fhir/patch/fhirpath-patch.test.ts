import { beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { isServiceError } from '../../errors.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { registerSchemas } from '../validation/medplum-schemas.js';
import { applyFhirPathPatch } from './fhirpath-patch.js';
import { pathSteps } from './path-steps.js';

type Part = Record<string, unknown>;

const operation = (type: string, path: string, ...parts: Part[]): Part => ({
  name: 'operation',
  part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...parts],
});
const name = (text: string): Part => ({ name: 'name', valueString: text });
const value = (member: Part): Part => ({ name: 'value', ...member });
const at = (index: number): Part => ({ name: 'index', valueInteger: index });

const patient = (): Resource =>
  ({
    resourceType: 'Patient',
    id: 'x',
    active: true,
    birthDate: '1990-05-01',
    name: [
      { use: 'official', family: 'Mejía', given: ['Ana', 'Luz'] },
      { use: 'nickname', text: 'Anita' },
    ],
    identifier: [
      { system: 'a', value: '1' },
      { system: 'b', value: '2' },
    ],
    deceasedBoolean: false,
    extension: [{ url: 'http://x/e', valueString: 'v' }],
  }) as Resource;

const apply = (...operations: Part[]): Record<string, unknown> =>
  applyFhirPathPatch(patient(), { resourceType: 'Parameters', parameter: operations } as unknown as Resource) as Record<
    string,
    unknown
  >;

function codeOf(...operations: Part[]): [string, string | undefined] {
  try {
    apply(...operations);
  } catch (error) {
    if (isServiceError(error)) return [error.code, error.findings[0]?.expression];
    throw error;
  }
  return ['none', undefined];
}

describe('applyFhirPathPatch', () => {
  beforeAll(() => registerSchemas(loadDefinitions()));

  it('adds, to a list at its end', () => {
    expect(apply(operation('add', 'Patient', name('gender'), value({ valueCode: 'female' })))).toMatchObject({
      gender: 'female',
    });
    const added = apply(operation('add', 'Patient.name[0]', name('given'), value({ valueString: 'Sol' })));
    expect(added['name']).toMatchObject([{ given: ['Ana', 'Luz', 'Sol'] }, {}]);
  });

  it('adds a choice under the name of its type, and extensions of a primitive beside it', () => {
    const birth = { valueDateTime: '2020-01-01', _valueDateTime: { extension: [{ url: 'u', valueCode: 'c' }] } };
    const added = apply(
      operation('delete', 'Patient.deceased'),
      operation('add', 'Patient', name('deceased'), value(birth)),
    );
    expect(added).toMatchObject({ deceasedDateTime: '2020-01-01', _deceasedDateTime: birth._valueDateTime });
    expect(added).not.toHaveProperty('deceasedBoolean');
  });

  it('builds a backbone element out of parts', () => {
    const contact = value({
      part: [
        { name: 'name', valueHumanName: { text: 'Madre' } },
        { name: 'telecom', valueContactPoint: { system: 'phone', value: '1' } },
        { name: 'telecom', valueContactPoint: { system: 'phone', value: '2' } },
      ],
    });
    expect(apply(operation('add', 'Patient', name('contact'), contact))['contact']).toEqual([
      {
        name: { text: 'Madre' },
        telecom: [
          { system: 'phone', value: '1' },
          { system: 'phone', value: '2' },
        ],
      },
    ]);
  });

  it('inserts, moves, replaces and deletes', () => {
    const inserted = apply(
      operation('insert', 'Patient.identifier', at(1), value({ valueIdentifier: { system: 'c' } })),
    );
    expect(inserted['identifier']).toMatchObject([{ system: 'a' }, { system: 'c' }, { system: 'b' }]);
    const moved = apply(
      operation(
        'move',
        'Patient.name[0].given',
        { name: 'source', valueInteger: 0 },
        { name: 'destination', valueInteger: 1 },
      ),
    );
    expect(moved['name']).toMatchObject([{ given: ['Luz', 'Ana'] }, {}]);
    const replaced = apply(operation('replace', 'Patient.birthDate', value({ valueDate: '1991' })));
    expect(replaced['birthDate']).toBe('1991');
    const other = apply(operation('replace', 'Patient.deceased', value({ valueDateTime: '2020' })));
    expect([other['deceasedDateTime'], other['deceasedBoolean']]).toEqual(['2020', undefined]);
    expect(apply(operation('delete', 'Patient.active'))).not.toHaveProperty('active');
  });

  it.each([
    ["Patient.identifier.where(system = 'b')", 'identifier', [{ system: 'a', value: '1' }]],
    ["Patient.identifier.where(system = 'b' and value = '2').single()", 'identifier', [{ system: 'a', value: '1' }]],
    ['Patient.identifier.first()', 'identifier', [{ system: 'b', value: '2' }]],
    ['Patient.identifier.last()', 'identifier', [{ system: 'a', value: '1' }]],
    ["Patient.extension('http://x/e')", 'extension', undefined],
    ['Patient.deceased.ofType(boolean)', 'deceasedBoolean', undefined],
    [
      "Patient.name.where(use = 'official').given[1]",
      'name',
      [
        { use: 'official', family: 'Mejía', given: ['Ana'] },
        { use: 'nickname', text: 'Anita' },
      ],
    ],
    ['Patient.photo', 'active', true],
  ])('deletes %s', (path, element, left) => {
    expect(apply(operation('delete', path))[element]).toEqual(left);
  });

  it('leaves no empty list or object behind', () => {
    const left = apply(
      operation('delete', 'Patient.identifier[0]'),
      operation('delete', 'Patient.identifier[0]'),
      operation('delete', 'Patient.name[1].use'),
      operation('delete', 'Patient.name[1].text'),
    );
    expect(left).not.toHaveProperty('identifier');
  });

  it.each([
    ['an unknown type', operation('fly', 'Patient'), 'patch-malformed', 'Parameters.parameter[0].part[0]'],
    [
      'a path of another type',
      operation('delete', 'Person.name'),
      'patch-malformed',
      'Parameters.parameter[0].part[1]',
    ],
    [
      'an unknown element',
      operation('delete', 'Patient.apellido'),
      'patch-malformed',
      'Parameters.parameter[0].part[1]',
    ],
    [
      'a function that leads nowhere',
      operation('delete', 'Patient.name.exists()'),
      'patch-malformed',
      'Parameters.parameter[0].part[1]',
    ],
    [
      'a criterion that is none',
      operation('delete', 'Patient.name.where(use = )'),
      'patch-malformed',
      'Parameters.parameter[0].part[1]',
    ],
    [
      'a pattern',
      operation('delete', "Patient.name.where(text.matches('(a+)+$'))"),
      'patch-malformed',
      'Parameters.parameter[0].part[1]',
    ],
    ['more than one element', operation('delete', 'Patient.name'), 'patch-failed', 'Parameters.parameter[0].part[1]'],
    ['the whole resource', operation('delete', 'Patient'), 'patch-failed', 'Parameters.parameter[0].part[1]'],
    [
      'nothing to replace',
      operation('replace', 'Patient.gender', value({ valueCode: 'male' })),
      'patch-failed',
      'Parameters.parameter[0].part[1]',
    ],
    ['no value', operation('replace', 'Patient.birthDate'), 'patch-malformed', 'Parameters.parameter[0]'],
    [
      'two values',
      operation('replace', 'Patient.birthDate', value({ valueDate: '1990', valueString: 'x' })),
      'patch-malformed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'a type the choice does not have',
      operation('replace', 'Patient.deceased', value({ valueString: 'x' })),
      'patch-malformed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'what is there already',
      operation('add', 'Patient', name('birthDate'), value({ valueDate: '1990' })),
      'patch-failed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'another form of a choice',
      operation('add', 'Patient', name('deceased'), value({ valueDateTime: '2020' })),
      'patch-failed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'an insertion beyond the end',
      operation('insert', 'Patient.identifier', at(3), value({ valueIdentifier: {} })),
      'patch-failed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'an insertion into no list',
      operation('insert', 'Patient.birthDate', at(0), value({ valueDate: '1990' })),
      'patch-malformed',
      'Parameters.parameter[0].part[1]',
    ],
    [
      'a number that is none',
      operation('insert', 'Patient.identifier', { name: 'index', valueInteger: -1 }, value({ valueIdentifier: {} })),
      'patch-malformed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'a move from beyond the end',
      operation(
        'move',
        'Patient.identifier',
        { name: 'source', valueInteger: 2 },
        { name: 'destination', valueInteger: 0 },
      ),
      'patch-failed',
      'Parameters.parameter[0].part[2]',
    ],
    [
      'an unknown part',
      operation('delete', 'Patient.active', { name: 'nada' }),
      'patch-malformed',
      'Parameters.parameter[0].part[2].name',
    ],
    ['another parameter', { name: 'x' }, 'patch-malformed', 'Parameters.parameter[0].name'],
  ])('refuses %s', (_title, one, code, expression) => {
    expect(codeOf(one)).toEqual([code, expression]);
  });
});

describe('pathSteps', () => {
  it('takes a path apart', () => {
    expect(pathSteps("Patient.name.where(use = 'a.b(').given[1]")).toEqual([
      { kind: 'child', name: 'Patient' },
      { kind: 'child', name: 'name' },
      { kind: 'function', name: 'where', argument: "use = 'a.b('" },
      { kind: 'child', name: 'given' },
      { kind: 'index', index: 1 },
    ]);
  });

  it.each([
    'Patient.',
    '.Patient',
    'Patient..name',
    'Patient.name[',
    'Patient.name.where(',
    'a b',
    "Patient.name.where('",
  ])('does not know %p', (path) => {
    expect(pathSteps(path)).toBeUndefined();
  });

  it('ends for any text, and its steps begin where the text does', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const steps = pathSteps(text);
        if (steps && steps.length > 0) expect(text.trim().length).toBeGreaterThan(0);
        else expect(steps === undefined || text.trim() === '').toBe(true);
      }),
    );
  });
});
