import { describe, expect, it } from '@jest/globals';
import type { Resource } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../../config/canonical.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { parseFhirJson } from '../exact-json.js';
import { createValidator } from './create-validator.js';

const validator = createValidator(loadDefinitions());
const faults = (resource: object, profiles: readonly string[] = []): string[] =>
  validator
    .validate(JSON.parse(JSON.stringify(resource)) as Resource, { profiles })
    .map(({ code, severity, expression }) => `${severity === 'warning' ? '(warning) ' : ''}${code} ${expression}`)
    .sort();

const patient = {
  resourceType: 'Patient',
  name: [{ use: 'official', family: 'López', given: ['Ana', 'María'] }],
  gender: 'female',
  birthDate: '1980-02-29',
  telecom: [{ system: 'phone', value: '+504 9999-0000' }],
};
const request = {
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  authoredOn: '2026-01-02T10:00:00-06:00',
};
const observation = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  valueQuantity: { value: 12.5, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
};
const condition = {
  resourceType: 'Condition',
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  subject: { reference: 'Patient/1' },
};
const organization = { resourceType: 'Organization', name: 'CIS El Paraíso' };
const appointment = {
  resourceType: 'Appointment',
  status: 'proposed',
  participant: [{ status: 'accepted', actor: { reference: 'Patient/1' } }],
};
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
        clinicalStatus: { coding: [...condition.clinicalStatus.coding, { system: 'http://x.org', code: '1' }] },
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

describe('faults', () => {
  it.each<[string, object, string[]]>([
    ['no resourceType', { id: 'x' }, ['structure undefined']],
    ['another resourceType', { resourceType: 'Banana' }, ['structure undefined']],
    ['a missing element', { ...request, subject: undefined }, ['element-required ServiceRequest.subject']],
    [
      'two missing elements',
      { resourceType: 'Observation' },
      ['element-required Observation.code', 'element-required Observation.status'],
    ],
    [
      'a missing inner element',
      { ...observation, component: [{ valueString: 'x' }] },
      ['element-required Observation.component[0].code'],
    ],
    ['an unknown element', { ...patient, foo: 1 }, ['element-unknown Patient.foo']],
    ['an unknown inner element', { ...patient, name: [{ first: 'x' }] }, ['element-unknown Patient.name[0].first']],
    ['an unsafe name', { ...patient, name: [{ toString: 'x' }] }, ['key-unsafe Patient.name[0]']],
    ['an empty array', { ...patient, name: [] }, ['element-empty Patient.name']],
    ['an empty code', { ...patient, gender: '' }, ['element-empty Patient.gender']],
    ['null', { ...patient, birthDate: null }, ['value-null Patient.birthDate']],
    ['text for an object', { ...request, subject: 'Patient/1' }, ['json-type ServiceRequest.subject']],
    [
      'a list for an object',
      { ...request, subject: [{ reference: 'Patient/1' }] },
      ['json-type ServiceRequest.subject'],
    ],
    ['an object for a list', { ...patient, name: { family: 'x' } }, ['json-type Patient.name']],
    ['text in a list of objects', { ...patient, name: ['x'.repeat(1000)] }, ['json-type Patient.name[0]']],
    ['an object for a value', { ...patient, birthDate: absent }, ['json-type Patient.birthDate']],
    ['a number for text', { ...patient, birthDate: 1980 }, ['json-type Patient.birthDate']],
    ['text for a companion', { ...patient, _gender: 'x' }, ['json-type Patient.gender']],
    ['a code outside the set', { ...patient, gender: 'banana' }, ['code-invalid Patient.gender']],
    [
      'an inner code outside the set',
      { ...patient, telecom: [{ system: 'smoke' }] },
      ['code-invalid Patient.telecom[0].system'],
    ],
    [
      'no coding in the set',
      { ...condition, clinicalStatus: { text: 'activa' } },
      ['code-invalid Condition.clinicalStatus'],
    ],
    [
      'a coding of another system',
      { ...condition, clinicalStatus: { coding: [{ system: 'http://x.org', code: 'active' }] } },
      ['code-invalid Condition.clinicalStatus'],
    ],
    ['a bad id', { ...patient, id: 'a b/..' }, ['id-invalid Patient.id']],
    ['a day that does not exist', { ...patient, birthDate: '1981-02-29' }, ['value-format Patient.birthDate']],
    [
      'a time without zone',
      { ...request, authoredOn: '2026-01-02T10:00:00' },
      ['value-format ServiceRequest.authoredOn'],
    ],
    ['a large integer', { ...appointment, minutesDuration: 1e12 }, ['value-format Appointment.minutesDuration']],
    ['a fraction', { ...appointment, minutesDuration: 1.5 }, ['value-format Appointment.minutesDuration']],
    ['two forms of one element', { ...observation, valueString: 'x' }, ['choice-multiple Observation.value']],
    [
      'a form and the companion of another',
      { ...observation, _valueString: absent },
      ['choice-multiple Observation.value'],
    ],
    [
      'a target of another type',
      { ...request, subject: { reference: 'Practitioner/1' } },
      ['reference-target ServiceRequest.subject'],
    ],
    [
      'an absolute target of another type',
      { ...request, subject: { reference: 'https://example.org/fhir/Practitioner/1' } },
      ['reference-target ServiceRequest.subject'],
    ],
    [
      'a named type that is not a target',
      { ...request, subject: { type: 'Practitioner', identifier: { value: '1' } } },
      ['reference-target ServiceRequest.subject'],
    ],
    [
      'a malformed reference',
      { ...request, subject: { reference: 'Ana López' } },
      ['reference-malformed ServiceRequest.subject.reference'],
    ],
    [
      'a conditional reference',
      { ...request, subject: { reference: 'Patient?identifier=1' } },
      ['reference-malformed ServiceRequest.subject.reference'],
    ],
    [
      'an unknown type in a reference',
      { ...request, subject: { reference: 'Banana/1' } },
      ['reference-malformed ServiceRequest.subject.reference'],
    ],
    [
      'a local reference to nothing',
      { ...request, requester: { reference: '#x' } },
      ['reference-not-found ServiceRequest.requester.reference'],
    ],
    [
      'an unused contained resource',
      contained({ resourceType: 'Practitioner', id: 'p' }),
      ['invariant ServiceRequest.contained[0]'],
    ],
    [
      'a fault in a contained resource',
      { ...contained({ resourceType: 'Practitioner', id: 'p', gender: 'x' }), requester: { reference: '#p' } },
      ['code-invalid ServiceRequest.contained[0].gender'],
    ],
    [
      'a contained resource of no type',
      contained({ resourceType: 'Banana', id: 'p' }),
      ['invariant ServiceRequest.contained[0]', 'type-unknown ServiceRequest.contained[0]'],
    ],
    ['script in the narrative', { ...patient, ...div('<script>x</script>') }, ['narrative-invalid Patient.text.div']],
    [
      'script in the narrative of a section',
      {
        resourceType: 'Composition',
        status: 'final',
        type: { text: 'x' },
        date: '2026-01-02',
        author: [{ display: 'x' }],
        title: 'x',
        section: [{ text: { status: 'generated', div: '<p>x</p>' } }],
      },
      ['narrative-invalid Composition.section[0].text.div'],
    ],
    ['an invariant of the resource', { ...appointment, start: '2026-01-02T10:00:00Z' }, ['invariant Appointment']],
    ['an invariant of an element', { ...patient, contact: [{ gender: 'male' }] }, ['invariant Patient.contact[0]']],
    ['an invariant of a data type', { ...patient, telecom: [{ value: '1' }] }, ['invariant Patient.telecom[0]']],
    [
      'a period that ends first',
      { ...patient, identifier: [{ value: '1', period: { start: '2026-01-02', end: '2025-12-31' } }] },
      ['invariant Patient.identifier[0].period'],
    ],
    [
      'a range upside down',
      { ...observation, valueQuantity: undefined, valueRange: { low: { value: 10 }, high: { value: 9 } } },
      ['invariant Observation.value'],
    ],
    ['an organization without a name', { resourceType: 'Organization', active: true }, ['invariant Organization']],
    [
      'an extension without a value',
      { ...patient, extension: [{ url: 'http://x.org/y' }] },
      ['invariant Patient.extension[0]'],
    ],
    [
      'an extension without an address',
      { ...patient, extension: [{ valueString: 'x' }] },
      ['element-required Patient.extension[0].url'],
    ],
    [
      'an extension of the guide that does not exist',
      { ...patient, extension: [{ url: `${CANONICAL_ROOT}/StructureDefinition/nada`, valueString: 'x' }] },
      ['element-unknown Patient.extension[0]'],
    ],
    [
      'a profile of the guide that does not exist',
      { ...patient, meta: { profile: [`${CANONICAL_ROOT}/StructureDefinition/nada`] } },
      ['profile-unknown Patient.meta.profile'],
    ],
    [
      'a profile of others',
      { ...patient, meta: { profile: ['http://x.org/p|1.0'] } },
      ['(warning) profile-unknown Patient.meta.profile'],
    ],
    [
      'a fault in a Bundle',
      { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { ...patient, gender: 'x', foo: 1 } }] },
      ['code-invalid Bundle.entry[0].resource.gender', 'element-unknown Bundle.entry[0].resource.foo'],
    ],
    [
      'an invariant of a resource in a Bundle',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ resource: { resourceType: 'Organization', active: true } }],
      },
      ['invariant Bundle.entry[0].resource'],
    ],
  ])('%s', (_case, resource, expected) => {
    expect(faults(resource)).toEqual(expected);
  });

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
    expect(validator.validate({ ...patient, ...many } as Resource)).toHaveLength(100);
  });
});
