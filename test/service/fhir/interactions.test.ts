import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Observation, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { type Answer, startService, type TestService } from '../../support/service.js';

const patient = (family: string): Patient => ({
  resourceType: 'Patient',
  name: [{ family, given: ['Ana'] }],
  gender: 'female',
  birthDate: '1990-05',
});

const codeOf = (answer: Answer<unknown>): string | undefined =>
  (answer.body as OperationOutcome).issue[0]?.details?.coding?.[0]?.code;

describe('FHIR interactions over HTTP', () => {
  let service: TestService;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const create = async (resource: Patient): Promise<Patient & { id: string }> => {
    const answer = await service.call<Patient & { id: string }>(as, 'POST', 'Patient', { body: resource });
    expect(answer.status).toBe(201);
    return answer.body;
  };

  it('creates with Location, ETag and meta, and reads the same text back', async () => {
    const created = await service.call<Patient>(as, 'POST', 'Patient', { body: patient('Mejía') });
    expect(created.status).toBe(201);
    expect(created.headers.get('etag')).toBe('W/"1"');
    expect(created.headers.get('location')).toBe(`${service.base}/Patient/${created.body.id}/_history/1`);
    expect(created.body.meta?.versionId).toBe('1');
    const read = await service.call(as, 'GET', `Patient/${created.body.id}`);
    expect(read.text).toBe(created.text);
  });

  it('keeps where a resource came from, and finds it by that', async () => {
    const source = 'urn:prueba:laboratorio';
    const { id } = await create({ ...patient('Origen'), meta: { source } });
    const found = async (uri: string): Promise<(string | undefined)[]> =>
      ((await service.call<Bundle>(as, 'GET', `Patient?_source=${uri}`)).body.entry ?? []).map(
        ({ resource }) => resource?.id,
      );
    expect(await found(source)).toEqual([id]);
    const moved = { ...patient('Origen'), id, meta: { source: `${source}:2` } };
    const second = await service.call<Patient>(as, 'PUT', `Patient/${id}`, { body: moved });
    expect(second.body.meta).toMatchObject({ source: `${source}:2`, versionId: '2' });
    const third = await service.call<Patient>(as, 'PATCH', `Patient/${id}`, {
      body: JSON.stringify([{ op: 'replace', path: '/gender', value: 'male' }]),
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(third.body.meta).toMatchObject({ source: `${source}:2`, versionId: '3' });
    expect([await found(source), await found(`${source}:2`)]).toEqual([[], [id]]);
  });

  it('keeps the digits of numbers as they were sent', async () => {
    const { id } = await create(patient('Decimal'));
    const body = `{"resourceType":"Observation","status":"final","code":{"text":"Hb"},"subject":{"reference":"Patient/${id}"},"valueQuantity":{"value":1.10}}`;
    const created = await service.call<Observation>(as, 'POST', 'Observation', { body });
    expect(created.status).toBe(201);
    expect(created.text).toContain('"value":1.10');
    const again = await service.call(as, 'PUT', `Observation/${created.body.id}`, {
      body: created.text.replace('1.10', '0.1e1'),
    });
    expect(again.text).toContain('"value":0.1e1');
  });

  it('updates, keeps every version, and refuses a stale If-Match', async () => {
    const first = await create(patient('Uno'));
    const second = await service.call<Patient>(as, 'PUT', `Patient/${first.id}`, {
      body: { ...first, name: [{ family: 'Dos' }] },
      headers: { 'if-match': 'W/"1"' },
    });
    expect([second.status, second.headers.get('etag')]).toEqual([200, 'W/"2"']);
    const stale = await service.call(as, 'PUT', `Patient/${first.id}`, {
      body: first,
      headers: { 'if-match': 'W/"1"' },
    });
    expect([stale.status, codeOf(stale)]).toEqual([412, 'version-conflict']);
    const old = await service.call<Patient>(as, 'GET', `Patient/${first.id}/_history/1`);
    expect(old.body.name?.[0]?.family).toBe('Uno');
    const history = await service.call<Bundle>(as, 'GET', `Patient/${first.id}/_history?_count=1`);
    expect(history.body.total).toBe(2);
    const next = history.body.link?.find(({ relation }) => relation === 'next')?.url ?? '';
    const rest = await service.call<Bundle>(as, 'GET', next.slice(service.base.length + 1));
    expect(rest.body.entry?.map(({ resource }) => resource?.meta?.versionId)).toEqual(['1']);
  });

  it('answers 304 to a reader who has the current version', async () => {
    const { id } = await create(patient('Leída'));
    const get = (headers: Record<string, string>): Promise<Answer> =>
      service.call(as, 'GET', `Patient/${id}`, { headers });
    expect((await get({ 'if-none-match': 'W/"1"', 'cache-control': 'max-age=0' })).status).toBe(304);
    expect((await get({ 'if-none-match': 'W/"7"', 'cache-control': 'max-age=0' })).status).toBe(200);
  });

  it('reads in part what is asked in part, and refuses what it does not know', async () => {
    const { id } = await create(patient('Parte'));
    for (const path of [`Patient/${id}`, `Patient/${id}/_history/1`]) {
      const part = await service.call<Patient>(as, 'GET', `${path}?_elements=gender`);
      expect([part.status, part.headers.get('etag'), part.body.gender, part.body.name]).toEqual([
        200,
        'W/"1"',
        'female',
        undefined,
      ]);
      expect(part.body.meta?.tag?.[0]?.code).toBe('SUBSETTED');
      expect((await service.call<Patient>(as, 'GET', `${path}?_summary=data`)).body.name).toHaveLength(1);
      for (const [query, code] of [
        ['foo=1', 'parameter-unknown'],
        ['_summary=count', 'parameter-value'],
        ['_elements=colour', 'parameter-value'],
      ]) {
        const refused = await service.call(as, 'GET', `${path}?${query}`);
        expect([query, refused.status, codeOf(refused)]).toEqual([query, 400, code]);
      }
      expect((await service.call(as, 'GET', `${path}?_format=json`)).status).toBe(200);
    }
  });

  it('writes only where nothing lives with If-None-Match, and only where something does with If-Match: *', async () => {
    const body = { ...patient('Primera'), id: 'propio-condicion' };
    const write = async (method: string, headers: Record<string, string>): Promise<[number, string | undefined]> => {
      const answer = await service.call<OperationOutcome>(as, method, `Patient/${body.id}`, {
        ...(method === 'PUT' ? { body } : {}),
        headers,
      });
      return [answer.status, answer.status < 400 ? undefined : codeOf(answer)];
    };
    expect(await write('PUT', { 'if-match': '*' })).toEqual([412, 'version-conflict']);
    expect(await write('PUT', { 'if-none-match': 'W/"1"' })).toEqual([400, 'header-invalid']);
    expect(await write('PUT', { 'if-none-match': '*' })).toEqual([201, undefined]);
    expect(await write('PUT', { 'if-none-match': '*' })).toEqual([412, 'version-conflict']);
    expect(await write('DELETE', { 'if-none-match': 'x' })).toEqual([400, 'header-invalid']);
    expect(await write('PUT', { 'if-match': '*' })).toEqual([200, undefined]);
    for (const type of ['batch', 'transaction']) {
      const request = { method: 'PUT', url: `Patient/${body.id}`, ifNoneMatch: '*' };
      const bundle = { resourceType: 'Bundle', type, entry: [{ resource: body, request }] };
      const answer = await service.call<Bundle>(as, 'POST', '', { body: bundle });
      expect([type, answer.status, answer.text.includes('version-conflict')]).toEqual([
        type,
        type === 'batch' ? 200 : 412,
        true,
      ]);
    }
    expect(await write('DELETE', { 'if-match': '*' })).toEqual([204, undefined]);
    expect(await write('PUT', { 'if-match': '*' })).toEqual([412, 'version-conflict']);
    expect(await write('PUT', { 'if-none-match': '*' })).toEqual([201, undefined]);
  });

  it('deletes softly: 204, then 410, and the history stays', async () => {
    const { id } = await create(patient('Borrada'));
    expect((await service.call(as, 'DELETE', `Patient/${id}`)).status).toBe(204);
    expect((await service.call(as, 'DELETE', `Patient/${id}`)).status).toBe(204);
    const gone = await service.call(as, 'GET', `Patient/${id}`);
    expect([gone.status, codeOf(gone)]).toEqual([410, 'deleted']);
    const history = await service.call<Bundle>(as, 'GET', `Patient/${id}/_history`);
    expect(history.body.entry?.map(({ request }) => request?.method)).toEqual(['DELETE', 'POST']);
  });

  it('does not delete what others refer to', async () => {
    const { id } = await create(patient('Referida'));
    const allergy = {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      code: { text: 'Penicilina' },
      patient: { reference: `Patient/${id}` },
    };
    expect((await service.call(as, 'POST', 'AllergyIntolerance', { body: allergy })).status).toBe(201);
    const refused = await service.call(as, 'DELETE', `Patient/${id}`);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'still-referenced']);
  });

  it('answers a write as the client prefers, with the warnings of validation', async () => {
    const prefer = (what: string) => ({ prefer: `return=${what}` });
    const person = patient('Prefiere');
    const foreign = { ...person, meta: { profile: ['https://example.org/StructureDefinition/foreign'] } };
    const codes = (outcome: OperationOutcome): unknown[] =>
      outcome.issue.map(({ severity, details }) => [severity, details?.coding?.[0]?.code]);

    const told = await service.call<OperationOutcome>(as, 'POST', 'Patient', {
      body: foreign,
      headers: prefer('OperationOutcome'),
    });
    expect([told.status, codes(told.body)]).toEqual([201, [['warning', 'profile-unknown']]]);
    const id = /Patient\/([^/]+)\/_history\/1$/.exec(told.headers.get('location') ?? '')?.[1];
    const put = async (body: object, what: string) =>
      service.call<OperationOutcome>(as, 'PUT', `Patient/${id}`, { body: { ...body, id }, headers: prefer(what) });
    expect(codes((await put(foreign, 'OperationOutcome')).body)).toEqual([['warning', 'profile-unknown']]);
    expect(codes((await put(person, 'OperationOutcome')).body)).toEqual([['information', 'ok']]);
    expect((await put(person, 'representation')).body).toMatchObject({ resourceType: 'Patient', id });
    const minimal = await put(person, 'minimal');
    expect([minimal.status, minimal.text, minimal.headers.get('etag')]).toEqual([200, '', 'W/"5"']);

    for (const type of ['batch', 'transaction']) {
      const entry = [foreign, person].map((resource) => ({ resource, request: { method: 'POST', url: 'Patient' } }));
      const { body } = await service.call<Bundle>(as, 'POST', '', { body: { resourceType: 'Bundle', type, entry } });
      const [warned, clean] = body.entry ?? [];
      expect(codes(warned?.response?.outcome as OperationOutcome)).toEqual([['warning', 'profile-unknown']]);
      expect(clean?.response?.outcome).toBeUndefined();
    }
  });

  it('creates once under If-None-Exist', async () => {
    const unique = { ...patient('Única'), identifier: [{ system: 'urn:test', value: 'c-1' }] };
    const headers = { 'if-none-exist': 'identifier=urn:test|c-1' };
    const first = await service.call<Patient>(as, 'POST', 'Patient', { body: unique, headers });
    const second = await service.call<Patient>(as, 'POST', 'Patient', { body: unique, headers });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.id).toBe(first.body.id);
  });

  const bad: readonly [string, string, string, unknown, number, string][] = [
    ['no JSON', 'POST', 'Patient', '{"resourceType":', 400, 'body-unreadable'],
    ['another type', 'POST', 'Patient', { resourceType: 'Observation' }, 400, 'type-mismatch'],
    [
      'a code outside its value set',
      'POST',
      'Patient',
      { resourceType: 'Patient', gender: 'hombre' },
      422,
      'code-invalid',
    ],
    ['an unknown element', 'POST', 'Patient', { resourceType: 'Patient', apellido: 'x' }, 422, 'element-unknown'],
    [
      'a missing element',
      'POST',
      'Observation',
      { resourceType: 'Observation', status: 'final' },
      422,
      'element-required',
    ],
    [
      'a reference to nothing',
      'POST',
      'Condition',
      { resourceType: 'Condition', subject: { reference: 'Patient/nadie' } },
      422,
      'reference-not-found',
    ],
    ['an unknown type', 'GET', 'Paciente', undefined, 404, 'type-unknown'],
    ['an unknown id', 'GET', 'Patient/nadie', undefined, 404, 'not-found'],
    ['an unknown parameter', 'GET', 'Patient?apellido=x', undefined, 400, 'parameter-unknown'],
    ['an unknown modifier', 'GET', 'Patient?name:banana=x', undefined, 400, 'modifier-unsupported'],
    ['an unknown operation', 'POST', 'Patient/$volar', {}, 404, 'operation-unknown'],
    ['a method that is not there', 'PUT', 'Patient/x/_history', {}, 405, 'method-not-allowed'],
    ['a patch that is none', 'PATCH', 'Patient/x', {}, 404, 'not-found'],
    ['an update of what no criterion names', 'PUT', 'Patient', { resourceType: 'Patient' }, 400, 'condition-empty'],
    ['a deletion of what no criterion names', 'DELETE', 'Patient', undefined, 400, 'condition-empty'],
    ['criteria that steer an answer', 'DELETE', 'Patient?name=x&_count=1', undefined, 400, 'parameter-unknown'],
    ['a write of an AuditEvent', 'POST', 'AuditEvent', { resourceType: 'AuditEvent' }, 405, 'interaction-unsupported'],
    ['another id in the body', 'PUT', 'Patient/x', { resourceType: 'Patient', id: 'y' }, 400, 'id-mismatch'],
  ];
  it.each(bad)('refuses %s', async (_title, method, path, body, status, code) => {
    const answer = await service.call(as, method, path, body === undefined ? {} : { body });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
  });

  it('asks for a token first, whatever is wrong besides', async () => {
    const answer = await service.call(undefined, 'POST', 'Nada?x=y', { body: '{' });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'token-missing']);
  });

  it('carries out a transaction with links between entries, all or nothing', async () => {
    const bundle = (status: string): unknown => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000002',
          resource: {
            resourceType: 'Observation',
            status,
            code: { text: 'Peso' },
            subject: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' },
          },
          request: { method: 'POST', url: 'Observation' },
        },
        {
          fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
          resource: patient('Transacción'),
          request: { method: 'POST', url: 'Patient' },
        },
      ],
    });
    const before = await service.call<Bundle>(as, 'GET', 'Patient?name=transaccion&_summary=count');
    const failed = await service.call<OperationOutcome>(as, 'POST', '', { body: bundle('quizás') });
    expect(failed.status).toBe(422);
    expect(failed.body.issue[0]?.expression).toEqual(['Bundle.entry[0].resource.status']);
    const done = await service.call<Bundle>(as, 'POST', '', { body: bundle('final') });
    expect(done.status).toBe(200);
    expect(done.body.entry?.map(({ response }) => response?.status)).toEqual(['201 Created', '201 Created']);
    const [observation, person] = (done.body.entry ?? []).map(({ resource }) => resource);
    expect((observation as Observation).subject?.reference).toBe(`Patient/${person?.id}`);
    expect(observation?.id?.slice(0, 4)).toBe(person?.id?.slice(0, 4));
    const after = await service.call<Bundle>(as, 'GET', 'Patient?name=transaccion&_summary=count');
    expect((after.body.total ?? 0) - (before.body.total ?? 0)).toBe(1);
  });

  it('answers each entry of a batch by itself', async () => {
    const { id } = await create(patient('Lote'));
    const answer = await service.call<Bundle>(as, 'POST', '', {
      body: {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { request: { method: 'GET', url: `Patient/${id}` } },
          { request: { method: 'GET', url: 'Patient/nadie' } },
          { request: { method: 'POST', url: 'Patient' }, resource: { resourceType: 'Patient', gender: 'x' } },
        ],
      },
    });
    expect(answer.body.entry?.map(({ response }) => response?.status)).toEqual([
      '200 OK',
      '404 Not Found',
      '422 Unprocessable Entity',
    ]);
  });
});
