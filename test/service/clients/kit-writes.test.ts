import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, CapabilityStatement, Patient } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import { SID } from '../../../src/config/canonical.js';
import { as, kit, kitGlucose, kitPerson, refusal, type Stored } from '../../support/kit-client.js';
import { startService, type TestService } from '../../support/service.js';

/** Every verb of fhir-kit-client, in the order in which a developer would try them on a server that is new to him. */
describe('fhir-kit-client: one resource', () => {
  let service: TestService;
  let client: Client;
  let patient: Stored<Patient>;
  const dni = '0101198599001';

  beforeAll(async () => {
    service = await startService();
    client = new Client({ baseUrl: service.base, bearerToken: await service.token('conformance') });
  });
  afterAll(() => service.stop());

  describe('asks what there is', () => {
    it('capabilityStatement', async () => {
      const statement = as<CapabilityStatement>(await client.capabilityStatement());
      expect(statement.fhirVersion).toBe('4.0.1');
    });
    it('smartAuthMetadata', async () => {
      const { authorizeUrl, tokenUrl } = await client.smartAuthMetadata();
      expect(String(authorizeUrl)).toContain('/oauth/');
      expect(String(tokenUrl)).toContain('/oauth/token');
    });
  });

  describe('writes and reads one resource', () => {
    it('create', async () => {
      const sent = kitPerson('Núñez', { identifier: [{ system: SID.dni, value: dni }] });
      patient = as<Stored<Patient>>(await client.create({ resourceType: 'Patient', body: sent }));
      expect(patient).toMatchObject({ birthDate: '1985-07', meta: { versionId: '1' } });
      expect(Client.httpFor(patient as never)?.response?.headers.get('location')).toContain(`Patient/${patient.id}`);
    });
    it('create with Prefer: return=minimal', async () => {
      const headers = { Prefer: 'return=minimal' };
      const answer = await client.create({ resourceType: 'Patient', body: kitPerson('Mínima'), options: { headers } });
      expect(JSON.stringify(answer ?? {})).not.toContain('Mínima');
    });
    it('create with Prefer: return=OperationOutcome', async () => {
      const headers = { Prefer: 'return=OperationOutcome' };
      const answer = await client.create({ resourceType: 'Patient', body: kitPerson('Dicha'), options: { headers } });
      expect(answer).toMatchObject({ resourceType: 'OperationOutcome' });
    });
    it('create with If-None-Exist finds the one there is', async () => {
      const headers = { 'If-None-Exist': `identifier=${SID.dni}|${dni}` };
      const answer = await client.create({ resourceType: 'Patient', body: kitPerson('Otra'), options: { headers } });
      expect(as<Patient>(answer).id).toBe(patient.id);
    });
    it('create of a second person with the same DNI is refused', async () => {
      const body = kitPerson('Doble', { identifier: [{ system: SID.dni, value: dni }] });
      expect(await refusal(client.create({ resourceType: 'Patient', body }))).toMatchObject({ status: 409 });
    });
    it('create with an Idempotency-Key makes one, however often it is sent', async () => {
      const headers = { 'Idempotency-Key': 'a5f1c2de-5f0e-4a39-9a53-1cf4a3f2b001' };
      const send = async (): Promise<string> =>
        as<Stored>(await client.create({ resourceType: 'Patient', body: kitPerson('Única'), options: { headers } })).id;
      expect(await send()).toBe(await send());
    });
    it('create of what is not valid tells where', async () => {
      const body = kitPerson('Mala', { gender: 'mujer' });
      const { status, outcome } = await refusal(client.create({ resourceType: 'Patient', body }));
      expect(status).toBe(422);
      expect(outcome.issue[0]?.expression).toEqual(['Patient.gender']);
    });
    it('read', async () => {
      expect(await client.read({ resourceType: 'Patient', id: patient.id })).toMatchObject({ id: patient.id });
    });
    it('read of what is not there', async () => {
      expect(await refusal(client.read({ resourceType: 'Patient', id: 'nobody' }))).toMatchObject({ status: 404 });
    });
    it('read of a type that is not served', async () => {
      expect(await refusal(client.read({ resourceType: 'Account', id: 'x' }))).toMatchObject({ status: 404 });
    });
    it('request', async () => {
      expect(await client.request(`Patient/${patient.id}?_elements=birthDate`)).toMatchObject({ birthDate: '1985-07' });
    });
    it('update', async () => {
      const body = { ...patient, telecom: [{ system: 'phone', value: '+504 2222-0000' }] };
      patient = as(await client.update({ resourceType: 'Patient', id: patient.id, body: kit(body) }));
      expect(patient.meta?.versionId).toBe('2');
    });
    it('update with If-Match', async () => {
      const options = { headers: { 'If-Match': 'W/"2"' } };
      patient = as(await client.update({ resourceType: 'Patient', id: patient.id, body: kit(patient), options }));
      expect(patient.meta?.versionId).toBe('3');
    });
    it('update with an If-Match of yesterday', async () => {
      const options = { headers: { 'If-Match': 'W/"1"' } };
      const call = client.update({ resourceType: 'Patient', id: patient.id, body: kit(patient), options });
      expect(await refusal(call)).toMatchObject({ status: 412 });
    });
    it('update by a condition', async () => {
      const body = { ...patient, id: undefined, birthDate: '1985-07-02' };
      const searchParams = { identifier: `${SID.dni}|${dni}` };
      patient = as(await client.update({ resourceType: 'Patient', searchParams, body: kit(body) }));
      expect(patient).toMatchObject({ birthDate: '1985-07-02', meta: { versionId: '4' } });
    });
    it('update by a condition that nothing meets creates', async () => {
      const searchParams = { identifier: `${SID.dni}|0101198599002` };
      const body = kitPerson('Nueva', { identifier: [{ system: SID.dni, value: '0101198599002' }] });
      expect(as<Patient>(await client.update({ resourceType: 'Patient', searchParams, body })).meta?.versionId).toBe(
        '1',
      );
    });
    it('update under an id of the client creates', async () => {
      const body = kit({ ...kitGlucose(patient.id, 90), id: 'glucosa-1' });
      const made = await client.update({ resourceType: 'Observation', id: 'glucosa-1', body });
      expect(made).toMatchObject({ id: 'glucosa-1', meta: { versionId: '1' } });
    });
    it('patch (JSON Patch)', async () => {
      const jsonPatch = [
        { op: 'test' as const, path: '/gender', value: 'female' },
        { op: 'replace' as const, path: '/birthDate', value: '1985-07-03' },
      ];
      patient = as(await client.patch({ resourceType: 'Patient', id: patient.id, jsonPatch }));
      expect(patient.birthDate).toBe('1985-07-03');
    });
    it('patch whose test fails changes nothing', async () => {
      const jsonPatch = [
        { op: 'test' as const, path: '/gender', value: 'male' },
        { op: 'remove' as const, path: '/birthDate' },
      ];
      expect(await refusal(client.patch({ resourceType: 'Patient', id: patient.id, jsonPatch }))).toMatchObject({
        status: 422,
      });
      expect(await client.read({ resourceType: 'Patient', id: patient.id })).toMatchObject({ birthDate: '1985-07-03' });
    });
    it('vread', async () => {
      const old = as<Patient>(await client.vread({ resourceType: 'Patient', id: patient.id, version: '1' }));
      expect(old).toMatchObject({ birthDate: '1985-07', meta: { versionId: '1' } });
    });
  });

  describe('looks back', () => {
    it('resourceHistory', async () => {
      const bundle = as<Bundle>(await client.resourceHistory({ resourceType: 'Patient', id: patient.id }));
      expect(bundle.entry?.map(({ resource }) => resource?.meta?.versionId)).toEqual(['5', '4', '3', '2', '1']);
    });
    it('typeHistory', async () => {
      const bundle = as<Bundle>(await client.typeHistory({ resourceType: 'Patient' }));
      expect(bundle.type).toBe('history');
      expect(bundle.entry?.length).toBeGreaterThan(5);
    });
    it('systemHistory', async () => {
      const bundle = as<Bundle>(await client.systemHistory());
      expect(bundle).toMatchObject({ type: 'history' });
    });
    it('history of an instance, a type, the system', async () => {
      for (const options of [{ resourceType: 'Patient', id: patient.id }, { resourceType: 'Patient' }, {}])
        expect(await client.history(options)).toMatchObject({ type: 'history' });
    });
    it('nextPage of a history', async () => {
      const first = as<Bundle>(await client.request(`Patient/${patient.id}/_history?_count=2`));
      const second = as<Bundle>(await client.nextPage({ bundle: first as never }));
      expect(second.entry?.map(({ resource }) => resource?.meta?.versionId)).toEqual(['3', '2']);
    });
  });

  describe('takes away', () => {
    it('delete', async () => {
      const made = as<Stored>(await client.create({ resourceType: 'Patient', body: kitPerson('Fugaz') }));
      await client.delete({ resourceType: 'Patient', id: made.id });
      expect(await refusal(client.read({ resourceType: 'Patient', id: made.id }))).toMatchObject({ status: 410 });
    });
    it('delete of what others refer to', async () => {
      expect((await refusal(client.delete({ resourceType: 'Patient', id: patient.id }))).status).toBe(409);
    });
  });
});
