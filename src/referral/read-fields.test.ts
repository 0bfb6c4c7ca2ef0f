import { describe, expect, it } from 'vitest';
import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { codeSystemUrl } from '../config/canonical.js';
import { isServiceError } from '../errors.js';
import type { Definitions } from '../fhir/definitions/definitions.js';
import { ALL_MOVES, moveRow } from './moves.js';
import { readFields } from './read-fields.js';

const REASONS = codeSystemUrl('reject-reason');
const definitions = {
  display: (system: string, code: string) => (system === REASONS && code === 'other' ? 'Otro' : undefined),
} as Definitions;
const read = (move: 'reject' | 'accept' | 'acknowledge' | 'redirect', ...parameter: ParametersParameter[]) =>
  readFields(move, moveRow(move).fields, { resourceType: 'Parameters', parameter } as Parameters, definitions);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return isServiceError(error) ? `${error.status} ${error.code}` : String(error);
  }
  return 'none';
};

describe('readFields', () => {
  it('reads a coded value in any of its forms and completes system and display', () => {
    for (const form of [
      { valueCode: 'other' },
      { valueCoding: { code: 'other' } },
      { valueCodeableConcept: { coding: [{ system: REASONS, code: 'other' }] } },
    ]) {
      const { values } = read('reject', { name: 'reason', ...form });
      expect(values.concept('reason')?.coding).toEqual([{ system: REASONS, code: 'other', display: 'Otro' }]);
    }
  });

  it('collects everything that is missing, with its name', () => {
    expect(read('reject').findings.map(({ expression }) => expression)).toEqual(['reason', 'comment', 'nextStep']);
  });

  it('asks for at least one part where one of several will do', () => {
    const reject = { name: 'reason', valueCode: 'other' };
    const comment = { name: 'comment', valueString: 'x' };
    expect(read('reject', reject, comment, { name: 'nextStep', part: [] }).findings[0]?.expression).toBe(
      'nextStep.advice|service|missing',
    );
    const step = { name: 'nextStep', part: [{ name: 'missing', valueString: 'perfil lipídico' }] };
    expect(read('reject', reject, comment, step).findings).toEqual([]);
  });

  it('finds codes that do not exist', () => {
    const { findings } = read('reject', { name: 'reason', valueCode: 'because' });
    expect(findings[0]).toMatchObject({ code: 'code-invalid', expression: 'reason' });
    expect(read('accept', { name: 'priority', valueCode: 'soon' }).findings[0]).toMatchObject({ code: 'code-invalid' });
  });

  it.each<[string, () => unknown]>([
    ['an unknown name', () => read('acknowledge', { name: 'anything', valueString: 'x' })],
    ['a wrong form', () => read('reject', { name: 'comment', valueBoolean: true })],
    ['two values', () => read('reject', { name: 'comment', valueString: 'x', valueBoolean: true })],
    ['no value', () => read('reject', { name: 'comment' })],
    [
      'a repetition',
      () => read('reject', { name: 'comment', valueString: 'x' }, { name: 'comment', valueString: 'y' }),
    ],
    [
      'a reference to the wrong type',
      () => read('redirect', { name: 'performer', valueReference: { reference: 'Patient/1' } }),
    ],
    ['a reference that is none', () => read('redirect', { name: 'performer', valueReference: { reference: 'here' } })],
    ['an unknown part', () => read('reject', { name: 'nextStep', part: [{ name: 'x', valueString: 'y' }] })],
    ['another resource', () => readFields('acknowledge', [], { resourceType: 'Patient' }, definitions)],
  ])('refuses %s with 400', (_name, work) => {
    expect(codeOf(work)).toBe('400 operation-parameter');
  });

  it('takes no body for an operation without inputs', () => {
    expect(readFields('acknowledge', [], undefined, definitions).findings).toEqual([]);
  });

  it('answers any parameter list with values and findings or with a clear 400, never with a crash', () => {
    const parameter = fc.record(
      {
        name: fc.constantFrom('reason', 'comment', 'nextStep', 'actor', 'priority', '__proto__', 'item'),
        valueString: fc.string(),
        valueCode: fc.string(),
        valueReference: fc.record({ reference: fc.string() }),
        part: fc.constant([{ name: 'advice', valueString: 'x' }]),
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...ALL_MOVES), fc.array(parameter, { maxLength: 6 }), (move, list) => {
        const outcome = codeOf(() =>
          readFields(
            move,
            moveRow(move).fields,
            { resourceType: 'Parameters', parameter: list as ParametersParameter[] },
            definitions,
          ),
        );
        expect(['none', '400 operation-parameter']).toContain(outcome);
      }),
    );
  });
});
