import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Parameters as FhirParameters, Patient } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import { SID } from '../../../src/config/canonical.js';
import { as, ids, kitGlucose, kitPerson, refusal, type Stored } from '../../support/kit-client.js';
import { startService, type TestService } from '../../support/service.js';

/** Every verb of fhir-kit-client, in the order in which a developer would try them on a server that is new to him. */
describe('fhir-kit-client: many resources', () => {
  let service: TestService;
  let client: Client;
  let patient: Stored<Patient>;
  const dni = '0101198599001';

  beforeAll(async () => {
    service = await startService();
    client = new Client({ baseUrl: service.base, bearerToken: await service.token('conformance') });
    const body = kitPerson('Núñez', { birthDate: '1985-07-03', identifier: [{ system: SID.dni, value: dni }] });
    patient = as<Stored<Patient>>(await client.create({ resourceType: 'Patient', body }));
    for (const value of [80, 90, 95.5, 126, 140, 200])
      await client.create({ resourceType: 'Observation', body: kitGlucose(patient.id, value) });
  });
  afterAll(() => service.stop());

  describe('searches', () => {
    const search = async (resourceType: string, searchParams: Record<string, string | string[]>): Promise<Bundle> =>
      as<Bundle>(await client.search({ resourceType, searchParams }));

    it.each([
      ['a whole identifier', 'Patient', { identifier: `${SID.dni}|${dni}` }],
      ['the start of a name without accents', 'Patient', { name: 'nun', birthdate: '1985-07-03' }],
      [
        'two conditions on one parameter',
        'Patient',
        { birthdate: ['ge1985', 'lt1986'], identifier: `${SID.dni}|${dni}` },
      ],
      ['what is missing', 'Patient', { identifier: `${SID.dni}|${dni}`, 'death-date:missing': 'true' }],
      ['part of a name', 'Patient', { 'name:contains': 'úñe', identifier: `${SID.dni}|${dni}` }],
      ['the other way round', 'Patient', { '_has:Observation:patient:code': 'http://loinc.org|2339-0' }],
    ] as const)('search by %s', async (_, type, searchParams) => {
      expect(ids(await search(type, searchParams as never))).toEqual([patient.id]);
    });
    it.each([
      ['quantity', { 'value-quantity': 'gt126|http://unitsofmeasure.org|mg/dL' }, 2],
      ['quantity in another unit', { 'value-quantity': 'gt1.26|http://unitsofmeasure.org|g/L' }, 2],
      ['composite', { 'code-value-quantity': 'http://loinc.org|2339-0$lt90' }, 1],
      ['chain', { 'subject:Patient.identifier': `${SID.dni}|${dni}` }, 6],
      ['date with a zone', { date: '2026-05-03T16:00:00Z' }, 6],
      ['not', { 'status:not': 'amended' }, 6],
      ['several codes', { code: 'http://loinc.org|2339-0,http://loinc.org|718-7' }, 6],
    ] as const)('search by %s', async (_, searchParams, found) => {
      const bundle = await search('Observation', { ...searchParams, patient: patient.id, _count: '50' });
      expect(ids(bundle)).toHaveLength(found);
    });
    it('search with _include', async () => {
      const bundle = await search('Observation', { patient: patient.id, _include: 'Observation:subject', _count: '2' });
      expect(bundle.entry?.filter(({ search: { mode } = {} }) => mode === 'include')).toHaveLength(1);
    });
    it('search with _revinclude', async () => {
      const bundle = await search('Patient', { _id: patient.id, _revinclude: 'Observation:patient' });
      expect(bundle.entry?.filter(({ search: { mode } = {} }) => mode === 'include')).toHaveLength(6);
    });
    it('search with _summary=count', async () => {
      expect(await search('Observation', { patient: patient.id, _summary: 'count' })).toMatchObject({ total: 6 });
    });
    it('search with _elements', async () => {
      const bundle = await search('Patient', { _id: patient.id, _elements: 'birthDate' });
      expect(bundle.entry?.[0]?.resource).toMatchObject({
        birthDate: '1985-07-03',
        meta: { tag: [{ code: 'SUBSETTED' }] },
      });
    });
    it('search with _sort and _total', async () => {
      const bundle = await search('Observation', { patient: patient.id, _sort: '-date', _total: 'accurate' });
      expect(bundle.total).toBe(6);
    });
    it('nextPage and prevPage walk there and back', async () => {
      const first = await search('Observation', { patient: patient.id, _count: '2' });
      const second = as<Bundle>(await client.nextPage({ bundle: first as never }));
      const third = as<Bundle>(await client.nextPage({ bundle: second as never }));
      expect(new Set([first, second, third].flatMap(ids)).size).toBe(6);
      expect(client.nextPage({ bundle: third as never })).toBeUndefined();
      const back = as<Bundle>(await client.prevPage({ bundle: third as never }));
      expect(ids(back)).toEqual(ids(second));
      expect(ids(as<Bundle>(await client.prevPage({ bundle: back as never })))).toEqual(ids(first));
    });
    it('resourceSearch by POST', async () => {
      const searchParams = { identifier: `${SID.dni}|${dni}` };
      const bundle = await client.resourceSearch({
        resourceType: 'Patient',
        searchParams,
        options: { postSearch: true },
      });
      expect(ids(as<Bundle>(bundle))).toEqual([patient.id]);
    });
    it('compartmentSearch', async () => {
      const compartment = { resourceType: 'Patient', id: patient.id };
      const bundle = as<Bundle>(await client.compartmentSearch({ resourceType: 'Observation', compartment }));
      expect(ids(bundle)).toHaveLength(6);
    });
    it('compartmentSearch by POST', async () => {
      const compartment = { resourceType: 'Patient', id: patient.id };
      const options = { postSearch: true };
      const bundle = await client.search({
        resourceType: 'Observation',
        compartment,
        searchParams: { code: '2339-0' },
        options,
      });
      expect(ids(as<Bundle>(bundle))).toHaveLength(6);
    });
    it('systemSearch', async () => {
      const bundle = as<Bundle>(
        await client.systemSearch({ searchParams: { _type: 'Patient,Observation', _id: patient.id } }),
      );
      expect(ids(bundle)).toEqual([patient.id]);
    });
    it.each([
      ['parameter', { banana: 'x' }],
      ['modifier', { 'name:banana': 'x' }],
      ['include', { _include: 'Patient:banana' }],
      ['order', { _sort: 'banana' }],
      ['chain', { 'general-practitioner:Patient.name': 'x' }],
    ])('search by an unknown %s is refused and named', async (_, searchParams) => {
      const { status, outcome } = await refusal(
        client.search({ resourceType: 'Patient', searchParams: searchParams as never }),
      );
      expect(status).toBe(400);
      expect(JSON.stringify(outcome)).toMatch(/banana|general-practitioner/);
    });
    it('search with Prefer: handling=lenient passes over it and says so', async () => {
      const options = { headers: { Prefer: 'handling=lenient' } };
      const searchParams = { banana: 'x', _id: patient.id };
      const bundle = as<Bundle>(await client.search({ resourceType: 'Patient', searchParams, options }));
      expect(ids(bundle)).toEqual([patient.id]);
      expect(bundle.entry?.some(({ search: { mode } = {} }) => mode === 'outcome')).toBe(true);
    });
  });

  describe('follows references', () => {
    it('resolve a relative one', async () => {
      expect(await client.resolve({ reference: `Patient/${patient.id}` })).toMatchObject({ id: patient.id });
    });
    it('resolve an absolute one', async () => {
      expect(await client.resolve({ reference: `${service.base}/Patient/${patient.id}` })).toMatchObject({
        id: patient.id,
      });
    });
    it('resolve inside a Bundle', async () => {
      const bundle = await client.search({
        resourceType: 'Observation',
        searchParams: { patient: patient.id, _include: 'Observation:subject' },
      });
      const found = await client.resolve({ reference: `Patient/${patient.id}`, context: bundle as never });
      expect(found).toMatchObject({ id: patient.id });
    });
  });

  describe('writes many', () => {
    const entry = (family: string, fullUrl: string): object => ({
      fullUrl,
      resource: kitPerson(family),
      request: { method: 'POST', url: 'Patient' },
    });
    it('transaction', async () => {
      const mother = 'urn:uuid:7d0c3c4e-6f4e-4f0f-9d2f-5f8c1f0a0001';
      const relation = {
        fullUrl: 'urn:uuid:7d0c3c4e-6f4e-4f0f-9d2f-5f8c1f0a0002',
        resource: { resourceType: 'RelatedPerson', patient: { reference: mother }, name: [{ family: 'Hija' }] },
        request: { method: 'POST', url: 'RelatedPerson' },
      };
      const body = { resourceType: 'Bundle', type: 'transaction', entry: [relation, entry('Madre', mother)] };
      const answer = as<Bundle>(await client.transaction({ body: body as never }));
      expect(answer.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(['201', '201']);
      expect(JSON.stringify(answer.entry?.[0]?.resource)).toContain(
        `Patient/${answer.entry?.[1]?.resource?.id ?? '-'}`,
      );
    });
    it('transaction with a conditional reference', async () => {
      const body = {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            resource: kitGlucose(patient.id, 101, { subject: { reference: `Patient?identifier=${SID.dni}|${dni}` } }),
            request: { method: 'POST', url: 'Observation' },
          },
        ],
      };
      const answer = as<Bundle>(await client.transaction({ body: body as never }));
      expect(answer.entry?.[0]?.resource).toMatchObject({ subject: { reference: `Patient/${patient.id}` } });
    });
    it('transaction of which one entry fails leaves nothing', async () => {
      const bad = { resource: { resourceType: 'Patient', gender: 'x' }, request: { method: 'POST', url: 'Patient' } };
      const body = {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [entry('Nada', 'urn:uuid:7d0c3c4e-6f4e-4f0f-9d2f-5f8c1f0a0003'), bad],
      };
      const { status, outcome } = await refusal(client.transaction({ body: body as never }));
      expect([status, outcome.issue[0]?.expression?.[0]]).toEqual([422, expect.stringContaining('Bundle.entry[1]')]);
      expect(
        ids(as<Bundle>(await client.search({ resourceType: 'Patient', searchParams: { family: 'Nada' } }))),
      ).toEqual([]);
    });
    it('batch answers each entry for itself', async () => {
      const spare = as<Stored>(
        await client.create({ resourceType: 'Observation', body: kitGlucose(patient.id, 60) }),
      ).id;
      const body = {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { request: { method: 'GET', url: `Patient/${patient.id}` } },
          { request: { method: 'GET', url: 'Patient/nobody' } },
          { request: { method: 'DELETE', url: `Observation/${spare}` } },
        ],
      };
      const answer = as<Bundle>(await client.batch({ body: body as never }));
      expect(answer.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(['200', '404', '204']);
    });
  });

  describe('runs operations', () => {
    it('operation: $validate', async () => {
      const answer = await client.operation({
        name: 'validate',
        resourceType: 'Patient',
        input: kitPerson('Válida') as never,
      });
      expect(answer).toMatchObject({ resourceType: 'OperationOutcome' });
    });
    it('operation: $everything', async () => {
      const answer = await client.operation({
        name: 'everything',
        resourceType: 'Patient',
        id: patient.id,
        method: 'GET',
      });
      expect(JSON.stringify(answer)).toContain('2339-0');
    });
    it('operation: $meta', async () => {
      const answer = await client.operation({ name: 'meta', resourceType: 'Patient', id: patient.id, method: 'GET' });
      expect(as<FhirParameters>(answer).parameter?.[0]?.valueMeta?.versionId).toBe('1');
    });
    it('operation: $expand', async () => {
      const url = encodeURIComponent('http://hl7.org/fhir/ValueSet/administrative-gender');
      expect(JSON.stringify(await client.request(`ValueSet/$expand?url=${url}`))).toContain('"female"');
    });
    it('operation: $lookup', async () => {
      const system = encodeURIComponent('http://hl7.org/fhir/administrative-gender');
      expect(await client.request(`CodeSystem/$lookup?system=${system}&code=female`)).toMatchObject({
        resourceType: 'Parameters',
      });
    });
    it('operation that is not there', async () => {
      const call = client.operation({ name: 'banana', resourceType: 'Patient', id: patient.id, method: 'GET' });
      expect((await refusal(call)).status).toBeGreaterThanOrEqual(400);
    });
  });
});
