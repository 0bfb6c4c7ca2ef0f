import { describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import { fillStructure } from '../../../test/support/fill-structure.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { indexValues } from './index-values.js';
import { searchableParameters } from './parameters.js';

const definitions = loadDefinitions();
const index = (resource: object): ReturnType<typeof indexValues> => indexValues(definitions, resource as Resource);

describe('indexValues', () => {
  it('writes tokens with and without their system', () => {
    const { tok } = index({
      resourceType: 'Patient',
      active: true,
      gender: 'female',
      identifier: [{ system: 'urn:dni', value: '0801' }, { value: '77' }],
      telecom: [{ system: 'phone', value: '9999-1111' }],
      communication: [{ language: { text: 'misquito', coding: [{ system: 'urn:lang', code: 'miq' }] } }],
    }).s;
    expect(new Set(tok)).toEqual(
      new Set([
        'active~true',
        'deceased~false',
        'gender~female',
        'identifier|urn:dni|0801',
        'identifier~0801',
        'identifier||77',
        'identifier~77',
        'phone~9999-1111',
        'telecom~9999-1111',
        'language|urn:lang|miq',
        'language~miq',
      ]),
    );
  });

  it('writes references without version, by identifier, to other servers; canonicals with and without', () => {
    const { ref, uri } = index({
      resourceType: 'ServiceRequest',
      subject: { reference: 'Patient/1/_history/3' },
      requester: { identifier: { system: 'urn:rups', value: 'H1' } },
      performer: [{ reference: 'http://example.org/fhir/Organization/9' }, { reference: '#p' }, { display: 'x' }],
      meta: { profile: ['http://example.org/referencia|2'] },
      instantiatesUri: ['http://example.org/guide'],
    }).s;
    expect(new Set(ref)).toEqual(
      new Set([
        'subject~Patient/1',
        'patient~Patient/1',
        'requester~identifier|urn:rups|H1',
        'requester~identifier~H1',
        'performer~http://example.org/fhir/Organization/9',
        // Something is there (a contained resource, a name in words), of which nothing can be asked.
        'performer~',
      ]),
    );
    expect(uri).toEqual([
      '_profile~http://example.org/referencia|2',
      '_profile~http://example.org/referencia',
      'instantiates-uri~http://example.org/guide',
    ]);
  });

  it('takes only the patients of a mixed list of references', () => {
    const { ref } = index({
      resourceType: 'Appointment',
      participant: [
        { actor: { reference: 'Patient/1' } },
        { actor: { reference: 'Location/2' } },
        { actor: { reference: 'http://example.org/fhir/Patient/9' } },
      ],
    }).s;
    expect(ref.filter((key) => key.startsWith('patient~'))).toEqual([
      'patient~Patient/1',
      'patient~http://example.org/fhir/Patient/9',
    ]);
  });

  it('names the document of a Bundle', () => {
    const { ref } = index({
      resourceType: 'Bundle',
      type: 'document',
      entry: [{ resource: { resourceType: 'Composition', id: 'c1' } }],
    }).s;
    expect(ref).toEqual(['composition~Composition/c1']);
  });

  it('writes intervals of every date type, long and open ones in their own class', () => {
    const dat = (effective: object): [string, string, string][] =>
      index({ resourceType: 'Observation', ...effective }).s.dat.map(({ p, lo, hi }) => [
        p,
        lo.toISOString(),
        hi.toISOString(),
      ]);
    expect(dat({ effectiveDateTime: '2026-05' })).toEqual([
      ['date~', '2026-05-01T06:00:00.000Z', '2026-06-01T05:59:59.999Z'],
    ]);
    expect(dat({ effectiveInstant: '2026-05-03T10:00:00Z' })).toEqual([
      ['date', '2026-05-03T10:00:00.000Z', '2026-05-03T10:00:00.999Z'],
    ]);
    expect(dat({ effectivePeriod: { start: '2026-05-03T10:00:00Z' } })).toEqual([
      ['date~', '2026-05-03T10:00:00.000Z', '9999-12-31T23:59:59.999Z'],
    ]);
    expect(dat({ effectivePeriod: { end: '2026-05-03' } })).toEqual([
      ['date~', '0001-01-01T00:00:00.000Z', '2026-05-04T05:59:59.999Z'],
    ]);
    expect(dat({ effectiveTiming: { event: ['2026-05-03', '2026-05-05'] } })).toEqual([
      ['date~', '2026-05-03T06:00:00.000Z', '2026-05-06T05:59:59.999Z'],
    ]);
    const present = [['date!', '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z']];
    expect(dat({ effectivePeriod: {} })).toEqual(present);
    expect(dat({ effectiveDateTime: 'yesterday' })).toEqual(present);
    expect(index({ resourceType: 'Immunization', occurrenceString: '2020' }).s.dat).toMatchObject([{ p: 'date!' }]);
  });

  it('joins declared pairs, every value with every value', () => {
    const { tok } = index({
      resourceType: 'Task',
      status: 'requested',
      owner: { reference: 'Organization/h1' },
      businessStatus: { coding: [{ system: 'urn:s', code: 'in-triage' }] },
    }).s;
    expect(tok.filter((key) => key.includes('+'))).toEqual([
      'status+owner~~requested&~Organization/h1',
      'business-status+owner~|urn:s|in-triage&~Organization/h1',
      'business-status+owner~~in-triage&~Organization/h1',
    ]);
  });

  it('extracts sort scalars: surnames first, starts of intervals, ranks', () => {
    expect(
      index({ resourceType: 'Patient', name: [{ given: ['Ángel'], family: 'Núñez' }], birthDate: '1990-05' }).k,
    ).toEqual({
      name: 'nunez angel',
      family: 'nunez',
      given: 'angel',
      birthdate: new Date('1990-05-01T06:00:00.000Z'),
    });
    const rank = (priority: string): unknown => index({ resourceType: 'Task', priority }).k['priority'];
    expect(
      [...['stat', 'routine', 'asap', 'urgent']].sort((a, b) => (String(rank(a)) < String(rank(b)) ? -1 : 1)),
    ).toEqual(['routine', 'urgent', 'asap', 'stat']);
  });

  it('covers every declared parameter of every type', () => {
    const missing = definitions.resourceTypes.flatMap((type) => {
      const seen = new Set<string>();
      for (let turn = 0; turn < 11; turn += 1) {
        const { tok, ref, str, uri, dat, num } = index(fillStructure(definitions, type, turn)).s;
        const names = [...dat, ...num].map(({ p }) => p);
        for (const key of [...tok, ...ref, ...str, ...uri, ...names]) seen.add(/^[\w-]+/.exec(key)?.[0] ?? '');
      }
      return [...searchableParameters(definitions, type).values()]
        .filter(({ code, union = [code] }) => !union.every((part) => seen.has(part)))
        .map(({ code }) => `${type} ${code}`);
    });
    expect(missing).toEqual([]);
  });
});
