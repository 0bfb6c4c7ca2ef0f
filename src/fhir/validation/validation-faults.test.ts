import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import { CANONICAL_ROOT } from '../../config/canonical.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
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
const { patient, request, observation, condition, appointment } = samples;
const absent = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};
const contained = (...resources: object[]): object => ({ ...request, contained: resources });
const div = (content: string): object => ({
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` },
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
    [
      'a modifier that is not understood',
      { ...patient, modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }] },
      ['modifier-unknown Patient.modifierExtension[0]'],
    ],
    [
      'an extension with a value of a type that there is not',
      { ...patient, extension: [{ url: 'http://example.org/x', valueBanana: 'x' }] },
      ['element-unknown Patient.extension[0].valueBanana', 'invariant Patient.extension[0]'],
    ],
    [
      'an extension with two values',
      { ...patient, extension: [{ url: 'http://example.org/x', valueString: 'x', valueCode: 'x' }] },
      ['choice-multiple Patient.extension[0].value'],
    ],
    [
      'an extension with parts and a value',
      {
        ...patient,
        extension: [{ url: 'http://example.org/x', valueString: 'x', extension: [{ url: 'a', valueCode: 'x' }] }],
      },
      ['invariant Patient.extension[0]'],
    ],
    [
      'an extension without a url',
      { ...patient, extension: [{ valueString: 'x' }] },
      ['element-required Patient.extension[0].url'],
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
      ['code-invalid ServiceRequest.contained[0]', 'invariant ServiceRequest.contained[0]'],
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
});
