import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationOutcomeError } from '@medplum/core';
import { isOperationOutcome, MedplumClient } from '@medplum/core';
import type { Bundle, Observation, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { startService, type TestService } from '../../support/service.js';

/** Status and text of a refusal as this client tells it. */
async function refusal(call: PromiseLike<unknown>): Promise<OperationOutcome> {
  try {
    await call;
  } catch (error) {
    const { outcome } = error as OperationOutcomeError;
    if (isOperationOutcome(outcome)) return outcome;
    throw error;
  }
  throw new Error('the call was not refused');
}

const code = (outcome: OperationOutcome): string | undefined => outcome.issue[0]?.details?.coding?.[0]?.code;

/** The client of another server, which nobody here wrote, used as its documentation says. */
describe('the client of @medplum/core', () => {
  let service: TestService;
  let client: MedplumClient;
  let patient: Patient & { id: string };
  const dni = '0101198588001';

  beforeAll(async () => {
    service = await startService();
    client = new MedplumClient({
      baseUrl: service.url,
      fhirUrlPath: 'fhir',
      accessToken: await service.token('conformance'),
      // A cached answer would prove nothing.
      cacheTime: 0,
      fetch,
    });
  });
  afterAll(() => service.stop());

  const person = (family: string): Patient => ({
    resourceType: 'Patient',
    name: [{ family, given: ['José'] }],
    gender: 'male',
  });
  const glucose = (value: number): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '2339-0' }] },
    subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: '2026-05-03T10:00:00-06:00',
    valueQuantity: { value, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
  });

  it('createResource', async () => {
    patient = await client.createResource<Patient>({
      ...person('Zúniga'),
      identifier: [{ system: SID.dni, value: dni }],
    });
    expect(patient.meta?.versionId).toBe('1');
  });
  it('createResourceIfNoneExist', async () => {
    const again = await client.createResourceIfNoneExist<Patient>(person('Zúniga'), `identifier=${SID.dni}|${dni}`);
    expect(again.id).toBe(patient.id);
  });
  it('createResource of what is not valid', async () => {
    const outcome = await refusal(client.createResource({ ...person('X'), birthDate: 'ayer' }));
    expect(outcome.issue[0]?.expression).toEqual(['Patient.birthDate']);
  });
  it('readResource', async () => {
    expect(await client.readResource('Patient', patient.id)).toEqual(patient);
  });
  it('readResource of what is not there', async () => {
    expect(code(await refusal(client.readResource('Patient', 'nobody')))).toBe('not-found');
  });
  it('readReference', async () => {
    expect(await client.readReference({ reference: `Patient/${patient.id}` })).toMatchObject({ id: patient.id });
  });
  it('updateResource', async () => {
    patient = await client.updateResource<Patient>({ ...patient, birthDate: '1985-01-02' });
    expect(patient.meta?.versionId).toBe('2');
  });
  it('updateResource with If-Match', async () => {
    const stale = client.updateResource({ ...patient, birthDate: '1985' }, { headers: { 'If-Match': 'W/"1"' } });
    expect(code(await refusal(stale))).toBe('version-conflict');
  });
  it('patchResource', async () => {
    patient = await client.patchResource('Patient', patient.id, [
      { op: 'add', path: '/telecom', value: [{ system: 'phone', value: '+504 2222-0000' }] },
    ]);
    expect(patient.telecom).toHaveLength(1);
  });
  it('upsertResource finds', async () => {
    const { id: _, ...rest } = patient;
    const found = await client.upsertResource<Patient>(
      { ...rest, birthDate: '1985-01-03' },
      `identifier=${SID.dni}|${dni}`,
    );
    expect(found).toMatchObject({ id: patient.id, birthDate: '1985-01-03' });
  });
  it('upsertResource creates', async () => {
    const other = '0101198588002';
    const made = await client.upsertResource<Patient>(
      { ...person('Nuevo'), identifier: [{ system: SID.dni, value: other }] },
      `identifier=${SID.dni}|${other}`,
    );
    expect(made.meta?.versionId).toBe('1');
  });
  it('readHistory', async () => {
    const bundle = await client.readHistory('Patient', patient.id);
    expect(bundle.entry?.map(({ resource }) => resource?.meta?.versionId)).toEqual(['4', '3', '2', '1']);
  });
  it('readHistory in pages', async () => {
    expect((await client.readHistory('Patient', patient.id, { count: 2 })).entry).toHaveLength(2);
  });
  it('readVersion', async () => {
    expect((await client.readVersion('Patient', patient.id, '1')).birthDate).toBeUndefined();
  });
  it('validateResource', async () => {
    expect(await client.validateResource(person('Válida'))).toMatchObject({ resourceType: 'OperationOutcome' });
  });
  it('executeBatch as a transaction', async () => {
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [70, 90, 110, 130].map((value) => ({
        resource: glucose(value),
        request: { method: 'POST', url: 'Observation' },
      })),
    };
    const answer = await client.executeBatch(bundle);
    expect(answer.entry?.every(({ response }) => response?.status?.startsWith('201'))).toBe(true);
  });
  it('executeBatch as a batch', async () => {
    const answer = await client.executeBatch({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: `Patient/${patient.id}` } },
        { request: { method: 'GET', url: 'Patient?_summary=count' } },
      ],
    });
    expect(answer.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(['200', '200']);
  });
  it('search', async () => {
    expect((await client.search('Observation', `patient=${patient.id}&_total=accurate`)).total).toBe(4);
  });
  it.each([
    [{ 'value-quantity': 'gt100' }, 2],
    [{ code: 'http://loinc.org|2339-0' }, 4],
    [{ 'patient.identifier': `${SID.dni}|${dni}` }, 4],
    [{ date: 'ge2026-05-03' }, 4],
    [{ _sort: '-date', _count: '3' }, 3],
  ])('searchResources by %j', async (query, found) => {
    const rows = await client.searchResources('Observation', { patient: patient.id, ...query });
    expect(rows).toHaveLength(found);
  });
  it('searchOne', async () => {
    expect((await client.searchOne('Patient', { identifier: `${SID.dni}|${dni}` }))?.id).toBe(patient.id);
  });
  it('searchResourcePages', async () => {
    const seen: string[] = [];
    for await (const page of client.searchResourcePages('Observation', { patient: patient.id, _count: 3 }))
      seen.push(...page.map(({ id }) => id));
    expect(new Set(seen).size).toBe(4);
  });
  it('search by an unknown parameter', async () => {
    expect(code(await refusal(client.search('Patient', 'banana=1')))).toBe('parameter-unknown');
  });
  it('readPatientEverything', async () => {
    const bundle = await client.readPatientEverything(patient.id);
    expect(bundle.entry?.length).toBeGreaterThanOrEqual(5);
  });
  it('valueSetExpand', async () => {
    const valueSet = await client.valueSetExpand({
      url: 'http://hl7.org/fhir/ValueSet/administrative-gender',
      filter: 'fem',
    });
    expect(valueSet.expansion?.contains?.map((one) => one.code)).toEqual(['female']);
  });
  it('bulkExport', async () => {
    const { output } = await client.bulkExport('', 'Patient,Observation', undefined, {
      pollStatusOnAccepted: true,
      pollStatusPeriod: 200,
    });
    expect(output?.map(({ type }) => type).sort()).toEqual(['Observation', 'Patient']);
    const file = await client.download(output?.[0]?.url ?? '');
    expect((await file.text()).trimEnd().split('\n').length).toBeGreaterThan(1);
  });
  it('deleteResource', async () => {
    const made = await client.createResource(person('Fugaz'));
    await client.deleteResource('Patient', made.id);
    expect(code(await refusal(client.readResource('Patient', made.id)))).toBe('deleted');
  });
});
