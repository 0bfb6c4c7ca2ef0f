import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { parseFhirJson } from '../exact-json.js';
import { createValidator } from './create-validator.js';

const validator = createValidator(loadDefinitions());
const faults = (resource: object, profiles: readonly string[] = []): string[] =>
  validator
    .validate(JSON.parse(JSON.stringify(resource)) as Resource, { profiles })
    .map(({ code, severity, expression }) => `${severity === 'warning' ? '(warning) ' : ''}${code} ${expression}`)
    .sort();

const samples = JSON.parse(readFileSync(new URL('./sample-resources.json', import.meta.url), 'utf8')) as Record<
  'patient' | 'request' | 'observation' | 'condition' | 'organization' | 'appointment',
  Record<string, unknown>
>;
const { patient, request, observation, condition, organization, appointment } = samples;
const absent = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};
const contained = (...resources: object[]): object => ({ ...request, contained: resources });
const div = (content: string): object => ({
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` },
});

describe('valid resources', () => {
  it.each<[string, object]>([
    ['Patient', patient],
    ['ServiceRequest', request],
    ['Observation', observation],
    ['Condition', condition],
    ['Organization', organization],
    ['Appointment', appointment],
    ['a reason instead of a code', { ...patient, gender: undefined, _gender: absent }],
    ['a companion in an array', { ...patient, name: [{ given: ['Ana', null], _given: [null, absent] }] }],
    ['a narrative', { ...patient, ...div('<p>Ana</p>') }],
    [
      'a contained resource',
      { ...contained({ resourceType: 'Practitioner', id: 'p' }), requester: { reference: '#p' } },
    ],
    [
      'a contained resource that refers to its container',
      contained({
        resourceType: 'Provenance',
        id: 'p',
        target: [{ reference: '#' }],
        recorded: '2026-01-02T10:00:00Z',
        agent: [{ who: { display: 'x' } }],
      }),
    ],
    ['an absolute reference', { ...request, subject: { reference: 'https://example.org/fhir/Patient/1' } }],
    ['a versioned reference', { ...request, subject: { reference: 'Patient/1/_history/3' } }],
    ['a urn reference', { ...request, subject: { reference: 'urn:uuid:0f3a2b1c-0000-4000-8000-000000000001' } }],
    ['a logical reference', { ...request, subject: { identifier: { value: '1' } } }],
    [
      'a further coding beside the required one',
      {
        ...condition,
        clinicalStatus: {
          coding: [
            ...(condition['clinicalStatus'] as { coding: object[] }).coding,
            { system: 'http://x.org', code: '1' },
          ],
        },
      },
    ],
    [
      'a period in one day',
      { ...patient, identifier: [{ value: '1', period: { start: '2026-01-02T10:00:00Z', end: '2026-01-02' } }] },
    ],
    [
      'a period over two zones',
      {
        ...patient,
        identifier: [{ value: '1', period: { start: '2026-01-02T10:00:00-06:00', end: '2026-01-02T16:00:01Z' } }],
      },
    ],
    [
      'its base type as profile',
      { ...patient, meta: { profile: ['http://hl7.org/fhir/StructureDefinition/Patient'] } },
    ],
    [
      'a quantity range',
      {
        ...observation,
        valueQuantity: undefined,
        valueRange: { low: { value: 9, unit: 'g' }, high: { value: 10, unit: 'g' } },
      },
    ],
  ])('%s', (_case, resource) => {
    expect(faults(resource)).toEqual([]);
  });
});

describe('createValidator', () => {
  it('reports every broken invariant at once', () => {
    const resource = {
      ...appointment,
      status: 'booked',
      start: '2026-01-02T10:00:00Z',
      cancelationReason: { text: 'x' },
    };
    const keys = validator.validate(resource as Resource).map(({ params }) => params?.['key']);
    expect(keys).toEqual(['app-2', 'app-3', 'app-4']);
  });

  it('asks for a profile that does not exist', () => {
    expect(faults(patient, ['http://x.org/p'])).toEqual(['profile-unknown Patient.meta.profile']);
  });

  it('checks numbers that are kept as written', () => {
    const { resource } = parseFhirJson(JSON.stringify(observation).replace('12.5', '12.50'));
    expect(validator.validate(resource as Resource)).toEqual([]);
    const { resource: wrong } = parseFhirJson(
      JSON.stringify({ ...appointment, minutesDuration: 10 }).replace(':10', ':10.50'),
    );
    expect(validator.validate(wrong as Resource)).toMatchObject([{ code: 'value-format' }]);
  });

  it('never throws and never answers at length, whatever is sent', () => {
    const shapes: unknown[] = [null, 1, 'x', [], {}, [[]], { a: 1 }, { resourceType: 'Patient' }, true, ['x'], [null]];
    for (const element of [
      'name',
      'contained',
      'extension',
      'meta',
      'birthDate',
      '_birthDate',
      'contact',
      'text',
      'id',
      'foo',
    ]) {
      for (const shape of shapes) {
        const resource = JSON.parse(JSON.stringify({ resourceType: 'Patient', [element]: shape })) as Resource;
        expect(Array.isArray(validator.validate(resource))).toBe(true);
        const entry = {
          resourceType: 'Bundle',
          type: 'collection',
          entry: [{ resource: shape }, shape],
          [element]: shape,
        };
        expect(validator.validate(entry as unknown as Resource).length).toBeGreaterThan(0);
      }
    }
    for (const nothing of [null, undefined, 1, 'x', []]) {
      expect(validator.validate(nothing as unknown as Resource)).toMatchObject([{ code: 'structure' }]);
    }
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_value, index) => [`x${index}`, 1]));
    expect(validator.validate({ ...patient, ...many } as unknown as Resource)).toHaveLength(100);
  });
});
