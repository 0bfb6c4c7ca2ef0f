import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { keyHash } from '../../../src/store/ids.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { created, verdict } from '../policy/policy-fixture.js';

describe('conditional writes, ids of the client, repeated requests', () => {
  let service: TestService;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (value: string, family = 'Condición'): Patient => ({
    resourceType: 'Patient',
    identifier: [{ system: 'urn:c', value }],
    name: [{ family }],
  });
  const at = (value: string): string => `Patient?identifier=urn:c|${value}`;
  const put = (
    path: string,
    body: object,
    headers: Record<string, string> = {},
    who: string = as,
  ): Promise<Answer<Patient>> => service.call<Patient>(who, 'PUT', path, { body, headers });

  it('creates what it does not find, updates what it finds, refuses several', async () => {
    const first = await put(at('u1'), person('u1'));
    expect([first.status, first.headers.get('location')]).toEqual([
      201,
      `${service.base}/Patient/${first.body.id}/_history/1`,
    ]);
    const second = await put(at('u1'), person('u1', 'Otra'));
    expect([second.status, second.body.id, second.body.meta?.versionId]).toEqual([200, first.body.id, '2']);
    const withId = await put(at('u1'), { ...person('u1'), id: first.body.id });
    expect(withId.status).toBe(200);
    expect(verdict(await put(at('u1'), { ...person('u1'), id: 'otro' }))).toEqual([400, 'id-mismatch']);
    await created(service, as, person('u1'));
    expect(verdict(await put(at('u1'), person('u1')))).toEqual([412, 'match-multiple']);
  });

  it('takes If-Match: of what it finds; 412 when there is nothing to match', async () => {
    await put(at('m1'), person('m1'));
    expect(verdict(await put(at('m1'), person('m1'), { 'if-match': 'W/"9"' }))).toEqual([412, 'version-conflict']);
    expect((await put(at('m1'), person('m1'), { 'if-match': 'W/"1"' })).status).toBe(200);
    expect(verdict(await put(at('m2'), person('m2'), { 'if-match': 'W/"1"' }))).toEqual([412, 'version-conflict']);
  });

  it('keeps a question mark and an escaped sign that belong to the criteria', async () => {
    const odd = { resourceType: 'Patient', identifier: [{ system: 'http://x/?a=b&c', value: '1+1' }] };
    const path = `Patient?identifier=${encodeURIComponent('http://x/?a=b&c|1+1')}`;
    const first = await put(path, odd);
    const again = await put(path, odd);
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id]);
  });

  it('deletes the one resource that its criteria find', async () => {
    const { id } = await created(service, as, person('d1'));
    expect((await service.call(as, 'DELETE', at('d1'), { headers: { 'if-match': 'W/"7"' } })).status).toBe(412);
    expect((await service.call(as, 'DELETE', at('d1'))).status).toBe(204);
    expect((await service.call(as, 'GET', `Patient/${id}`)).status).toBe(410);
    expect((await service.call(as, 'DELETE', at('d1'))).status).toBe(204);
    await created(service, as, person('d2'));
    await created(service, as, person('d2'));
    expect(verdict(await service.call(as, 'DELETE', at('d2')))).toEqual([412, 'match-multiple']);
    expect((await service.call<Bundle>(as, 'GET', at('d2'))).body.entry).toHaveLength(2);
    const told = await service.call<OperationOutcome>(as, 'DELETE', at('d1'), {
      headers: { prefer: 'return=OperationOutcome' },
    });
    expect([told.status, told.body.resourceType]).toEqual([200, 'OperationOutcome']);
  });

  it('finds nothing that is out of reach, and touches nothing there', async () => {
    const elsewhere = await created(service, 'specialist.hosp1', {
      resourceType: 'Patient',
      name: [{ family: 'Lejana' }],
      identifier: [{ system: SID.dni, value: '0801199055555' }],
    });
    const who = 'clinician.uaps1';
    expect((await service.call(who, 'DELETE', 'Patient?family=lejana')).status).toBe(204);
    const byNumber = await put(`Patient?identifier=${SID.dni}|0801199055555`, person('x'), {}, who);
    expect(verdict(byNumber)).toEqual([404, 'not-found']);
    const patch = await service.call(who, 'PATCH', 'Patient?family=lejana', {
      body: '[]',
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(verdict(patch)).toEqual([404, 'match-none']);
    const read = await service.call<Patient>('specialist.hosp1', 'GET', `Patient/${elsewhere.id}`);
    expect(read.body.meta?.versionId).toBe('1');
  });

  it('lets systems give ids where the policy does, never of the shape of ours', async () => {
    const who = 'system.uaps1';
    const first = await put('Patient/expediente-17', { ...person('i1'), id: 'expediente-17' }, {}, who);
    expect([first.status, first.body.id]).toEqual([201, 'expediente-17']);
    const second = await put('Patient/expediente-17', { ...person('i1', 'Dos'), id: 'expediente-17' }, {}, who);
    expect([second.status, second.body.meta?.versionId]).toEqual([200, '2']);
    const history = await service.call<Bundle>(who, 'GET', 'Patient/expediente-17/_history');
    expect(history.body.entry?.map(({ request, response }) => [request?.method, response?.status])).toEqual([
      ['PUT', '200 OK'],
      ['PUT', '201 Created'],
    ]);
    const ours = '3fa2-01890000-0000-7000-8000-000000000000';
    expect(verdict(await put(`Patient/${ours}`, { ...person('i2'), id: ours }, {}, who))).toEqual([404, 'not-found']);
    const byPerson = await put('Patient/mio', { ...person('i3'), id: 'mio' }, {}, 'clinician.uaps1');
    expect(verdict(byPerson)).toEqual([404, 'not-found']);
    const task = { resourceType: 'Task', id: 'mia', status: 'requested', intent: 'order' };
    expect(verdict(await put('Task/mia', task))).toEqual([404, 'not-found']);
    const none = await put('Patient/nuevo', { ...person('i4'), id: 'nuevo' }, { 'if-match': 'W/"1"' }, who);
    expect(verdict(none)).toEqual([412, 'version-conflict']);
  });

  it('keeps a compartment in one bucket, which the claim of a client-given id tells', async () => {
    const patient = await created(service, as, person('b1'));
    const observation = {
      resourceType: 'Observation',
      id: 'obs-b1',
      status: 'final',
      code: { text: 'Peso' },
      subject: { reference: `Patient/${patient.id}` },
    };
    expect((await put('Observation/obs-b1', observation)).status).toBe(201);
    expect((await put('Observation/obs-b1', observation)).status).toBe(200);
    const stored = await service.context.store.read('Observation', 'obs-b1');
    expect(stored?.b).toBe(patient.id.slice(0, 4));
    const claim = await service.db
      .collection<{ _id: string }>('claims')
      .findOne({ _id: keyHash('client-id', 'Observation/obs-b1') });
    expect(claim).toMatchObject({ ref: 'Observation/obs-b1', b: patient.id.slice(0, 4) });
  });

  it('creates under the id of a conditional update where that is allowed', async () => {
    const made = await put(at('ci1'), { ...person('ci1'), id: 'ci-1' });
    expect([made.status, made.body.id]).toEqual([201, 'ci-1']);
    expect(verdict(await put(at('ci2'), { ...person('ci2'), id: 'ci-1' }))).toEqual([409, 'duplicate']);
    const person3 = { ...person('ci3'), id: 'ci-3' };
    expect(verdict(await put(at('ci3'), person3, {}, 'clinician.uaps1'))).toEqual([400, 'id-refused']);
  });

  it('brings a deleted resource back by an update; its versions go on, its numbers are claimed again', async () => {
    const body: Patient = { resourceType: 'Patient', identifier: [{ system: SID.dni, value: '0801199066666' }] };
    const { id } = await created(service, as, body);
    await service.call(as, 'DELETE', `Patient/${id}`);
    const back = await put(`Patient/${id}`, { ...body, id }, { 'if-match': 'W/"2"' });
    expect([back.status, back.body.meta?.versionId]).toEqual([201, '3']);
    expect((await service.call(as, 'GET', `Patient/${id}`)).status).toBe(200);
    expect(verdict(await service.call(as, 'POST', 'Patient', { body }))).toEqual([409, 'duplicate']);
    await service.call(as, 'DELETE', `Patient/${id}`);
    const other = await service.call<Patient>(as, 'POST', 'Patient', { body });
    expect(other.status).toBe(201);
    expect(verdict(await put(`Patient/${id}`, { ...body, id }))).toEqual([409, 'duplicate']);
  });

  it('answers a repeated create as the first time, once', async () => {
    const headers = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
    const post = (body: Patient, more: Record<string, string> = {}, who: string = as): Promise<Answer<Patient>> =>
      service.call<Patient>(who, 'POST', 'Patient', { body, headers: { ...headers, ...more } });
    const first = await post(person('k1'));
    const again = await post(person('k1'));
    expect([again.status, again.text]).toEqual([201, first.text]);
    for (const name of ['location', 'etag', 'last-modified'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    await put(`Patient/${first.body.id}`, { ...person('k1', 'Cambiada'), id: first.body.id });
    expect((await post(person('k1'))).text).toBe(first.text);
    expect(verdict(await post(person('k2')))).toEqual([422, 'idempotency-key-reused']);
    const minimal = await post(person('k1'), { prefer: 'return=minimal' });
    expect([minimal.status, minimal.text]).toEqual([201, '']);
    const other = await post(person('k1'), {}, 'clinician.uaps1');
    expect([other.status, other.body.id === first.body.id]).toEqual([201, false]);
    for (const bad of ['', '"', 'á', 'x'.repeat(256)].map((text) => Buffer.from(text).toString('latin1')))
      expect(verdict(await post(person('k3'), { 'idempotency-key': bad }))[0]).toBe(400);
    expect((await service.call<Bundle>(as, 'GET', at('k1'))).body.entry).toHaveLength(2);
    const claims = await service.db.collection('claims').find({ k: 'idempotency-key' }).toArray();
    expect(claims).toHaveLength(2);
    for (const { expiresAt } of claims) expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  it('answers 304 for read, vread and HEAD by ETag and time, never for a search', async () => {
    const { id, meta } = await created(service, as, person('r1'));
    const ask = async (method: string, path: string, headers: Record<string, string>): Promise<number> =>
      // Without max-age fetch would say no-cache beside a condition of ours.
      (await service.call(as, method, path, { headers: { 'cache-control': 'max-age=0', ...headers } })).status;
    const now = { 'if-modified-since': new Date(Date.parse(meta?.lastUpdated ?? '') + 1_000).toUTCString() };
    const before = { 'if-modified-since': new Date(0).toUTCString() };
    for (const path of [`Patient/${id}`, `Patient/${id}/_history/1`])
      for (const method of ['GET', 'HEAD']) {
        expect(await ask(method, path, { 'if-none-match': 'W/"1"' })).toBe(304);
        expect(await ask(method, path, { 'if-none-match': 'W/"2", W/"1"' })).toBe(304);
        expect(await ask(method, path, { 'if-none-match': 'W/"2"', ...now })).toBe(200);
        expect(await ask(method, path, now)).toBe(304);
        expect(await ask(method, path, before)).toBe(200);
      }
    for (const path of [at('r1'), 'Patient/_history?_count=1', `Patient/${id}/_history`])
      for (const headers of [{ 'if-none-match': '*' }, { 'if-none-match': 'W/"1"' }, now])
        expect(await ask('GET', path, headers)).toBe(200);
  });
});
