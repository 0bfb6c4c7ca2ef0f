import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Observation, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { codeOf, verdict } from '../policy/policy-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

/** Input that no well-behaved client sends and that some do: each is understood or refused in words, never 500. */
describe('odd but plausible input', () => {
  let service: TestService;
  const as = 'conformance';
  const patient = { resourceType: 'Patient' };

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const post = <T = Bundle>(path: string, body: unknown): Promise<Answer<T>> =>
    service.call<T>(as, 'POST', path, { body });
  const created = async (): Promise<Patient & { id: string }> =>
    (await post<Patient & { id: string }>('Patient', patient)).body;
  const transaction = (...entry: unknown[]): unknown => ({ resourceType: 'Bundle', type: 'transaction', entry });
  const postEntry = (resource: unknown, request: object = {}): unknown => ({
    resource,
    request: { method: 'POST', url: (resource as Patient).resourceType, ...request },
  });
  const deleteEntry = (id: string): unknown => ({ request: { method: 'DELETE', url: `Patient/${id}` } });
  const weightOf = (id: string): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Peso' },
    subject: { reference: `Patient/${id}` },
  });

  const url = 'Patient';
  it.each([
    ['null for an entry', null],
    ['a number for an entry', 5],
    ['no request', { resource: patient }],
    ['null for a request', { request: null }],
    ['a number for the url', { request: { method: 'GET', url: 5 } }],
    ['an object for the url', { request: { method: 'GET', url: {} } }],
    ['a number for the fullUrl', { fullUrl: 5, resource: patient, request: { method: 'POST', url } }],
    ['a number for ifNoneExist', { resource: patient, request: { method: 'POST', url, ifNoneExist: 5 } }],
    ['a number for ifMatch', { request: { method: 'DELETE', url: 'Patient/x', ifMatch: 1 } }],
    ['a method of its own', { resource: patient, request: { method: 'PATCH', url: 'Patient/x' } }],
    ['a relative fullUrl', { fullUrl: 'Patient/x', resource: patient, request: { method: 'POST', url } }],
    [
      'a version for the fullUrl',
      { fullUrl: 'http://x/Patient/1/_history/1', resource: patient, request: { method: 'POST', url } },
    ],
    ['a fullUrl of another place', { fullUrl: 'http://x/Patient/1', request: { method: 'DELETE', url: 'Patient/2' } }],
    ['a number for ifNoneMatch', { request: { method: 'GET', url: 'Patient/x', ifNoneMatch: 1 } }],
    ['no resource to write', { request: { method: 'POST', url } }],
  ])('refuses a transaction with %s, and that entry alone in a batch', async (_title, entry) => {
    const before = await service.call<Bundle>(as, 'GET', 'Patient?_summary=count');
    const good = postEntry(patient);
    expect(verdict(await post('', transaction(good, entry)))).toEqual([400, 'bundle-invalid']);
    const answer = await post('', { resourceType: 'Bundle', type: 'batch', entry: [good, entry, good] });
    expect(answer.status).toBe(200);
    const responses = (answer.body.entry ?? []).map(({ response }) => response);
    expect(responses.map((response) => response?.status)).toEqual(['201 Created', '400 Bad Request', '201 Created']);
    const [issue] = (responses[1]?.outcome as OperationOutcome).issue;
    expect(issue?.details?.coding?.[0]?.code).toBe('bundle-invalid');
    expect(issue?.expression?.[0]).toMatch(/^Bundle\.entry\[1\]/);
    const after = await service.call<Bundle>(as, 'GET', 'Patient?_summary=count');
    expect(after.body.total).toBe((before.body.total ?? 0) + 2);
  });

  it.each([
    ['an object', {}],
    ['a text', 'abc'],
    ['more than 200', Array.from({ length: 201 }, () => ({ request: { method: 'GET', url: 'Patient/x' } }))],
  ])('refuses a Bundle with %s for the list of entries', async (_title, entry) => {
    for (const type of ['transaction', 'batch'])
      expect(verdict(await post('', { resourceType: 'Bundle', type, entry }))).toEqual([400, 'bundle-invalid']);
  });

  it('refuses an id and criteria in one url of a transaction', async () => {
    const entry = { resource: patient, request: { method: 'PUT', url: 'Patient/x?_id=x' } };
    expect(verdict(await post('', transaction(entry)))).toEqual([400, 'bundle-invalid']);
  });

  it('refuses search parameters in a body that is no form, instead of finding everything', async () => {
    const search = (body: unknown, contentType = 'application/fhir+json'): Promise<Answer> =>
      service.call(as, 'POST', 'Patient/_search', { body, headers: { 'content-type': contentType } });
    for (const answer of [
      await search({ name: 'zarig' }),
      await search({ resourceType: 'Parameters' }, 'application/json'),
      await search('name=zarig', 'text/plain'),
    ])
      expect(verdict(answer)).toEqual([415, 'search-body']);
    expect((await search('name=zarig', 'application/x-www-form-urlencoded')).status).toBe(200);
    expect((await service.call(as, 'POST', 'Patient/_search?name=zarig')).status).toBe(200);
  });

  it.each([
    ['an object for the tags', { tag: {} }],
    ['null for a tag', { tag: [null] }],
    ['a number for the tags', { tag: 5 }],
    ['a text for meta', 'x'],
  ])('refuses a resource with %s', async (_title, meta) => {
    const { id } = await created();
    expect((await post('Patient', { ...patient, meta })).status).toBe(422);
    expect((await service.call(as, 'PUT', `Patient/${id}`, { body: { ...patient, id, meta } })).status).toBe(422);
    expect((await post('', transaction(postEntry({ ...patient, meta })))).status).toBe(422);
  });

  it('refuses $validate without a resource', async () => {
    for (const parameter of [[null], [{}], 'x', [{ name: 'resource' }]])
      expect(verdict(await post('Patient/$validate', { resourceType: 'Parameters', parameter }))).toEqual([
        400,
        'operation-parameter',
      ]);
  });

  it('refuses a resource whose search values MongoDB cannot keep', async () => {
    const given = Array.from({ length: 40_000 }, (_, index) => `nombre largo de ejemplo ${index}`);
    expect(verdict(await post('Patient', { ...patient, name: [{ given }] }))).toEqual([413, 'resource-too-large']);
  }, 15_000);

  it('holds a record to its patient under a reference to a version', async () => {
    const { id } = await created();
    await post('Observation', { ...weightOf(id), subject: { reference: `Patient/${id}/_history/1` } });
    const found = await service.call<Bundle>(as, 'GET', `Observation?patient=${id}&_summary=count`);
    expect(found.body.total).toBe(1);
    expect(codeOf(await service.call(as, 'DELETE', `Patient/${id}`))).toBe('still-referenced');
  });

  it('takes the own base address in a condition for what it is', async () => {
    const { id } = await created();
    await post('Observation', weightOf(id));
    const again = await service.call<Observation>(as, 'POST', 'Observation', {
      body: weightOf(id),
      headers: { 'if-none-exist': `subject=${service.base}/Patient/${id}` },
    });
    expect(again.status).toBe(200);
  });

  describe('identities that meet in one transaction', () => {
    const registered = (value: string): unknown => ({ ...patient, identifier: [{ system: SID.dni, value }] });

    it('of one number: 409', async () => {
      const answer = await post(
        '',
        transaction(postEntry(registered('0801199012345')), postEntry(registered('0801199012345'))),
      );
      expect(verdict(answer)).toEqual([409, 'duplicate']);
    });

    it('of one condition: 400', async () => {
      const entry = postEntry(patient, { ifNoneExist: 'identifier=urn:odd|1' });
      expect(verdict(await post('', transaction(entry, entry)))).toEqual([400, 'bundle-invalid']);
    });

    it('of one resource, changed and deleted: 400', async () => {
      const person = await created();
      const put = { resource: person, request: { method: 'PUT', url: `Patient/${person.id}` } };
      expect(verdict(await post('', transaction(put, deleteEntry(person.id))))).toEqual([400, 'bundle-invalid']);
      expect(verdict(await post('', transaction(deleteEntry(person.id), deleteEntry(person.id))))).toEqual([
        400,
        'bundle-invalid',
      ]);
      expect((await service.call(as, 'GET', `Patient/${person.id}`)).headers.get('etag')).toBe('W/"1"');
    });

    it('of a deleted patient and a record that refers to it: 422', async () => {
      const { id } = await created();
      const answer = await post('', transaction(postEntry(weightOf(id)), deleteEntry(id)));
      expect(verdict(answer)).toEqual([422, 'reference-not-found']);
      expect((await service.call(as, 'GET', `Patient/${id}`)).status).toBe(200);
    });

    it('let a number go from one person to the other', async () => {
      const [first, second] = ['0801199020001', '0801199020002'];
      const [one, two] = await Promise.all(
        [first, second].map((value) => post<Patient>('Patient', registered(value ?? ''))),
      );
      const put = ({ body }: Answer<Patient> = one!, value = ''): unknown => ({
        resource: { ...body, identifier: [{ system: SID.dni, value }] },
        request: { method: 'PUT', url: `Patient/${body.id}` },
      });
      expect((await post('', transaction(put(one, second), put(two, first)))).status).toBe(200);
      expect(verdict(await post('Patient', registered(first ?? '')))).toEqual([409, 'duplicate']);
      expect(verdict(await post('Patient', registered(second ?? '')))).toEqual([409, 'duplicate']);
    });
  });

  it.each(['0801-1990-54321', ' 0801199054321', '0801 1990 54321'])(
    'knows a person again whose DNI is written %p',
    async (value) => {
      const identifier = (text: string): unknown => ({ ...patient, identifier: [{ system: SID.dni, value: text }] });
      await post('Patient', identifier('0801199054321'));
      expect(verdict(await post('Patient', identifier(value)))).toEqual([409, 'duplicate']);
    },
  );

  it('gives a slot once, whatever its reference looks like', async () => {
    const made = async <T>(body: unknown): Promise<T & { id: string }> =>
      (await post<T & { id: string }>((body as Patient).resourceType, body)).body;
    const actor = [{ display: 'Consulta' }];
    const schedule = await made({ resourceType: 'Schedule', actor });
    const [start, end] = [momentAhead(1, '08:00'), momentAhead(1, '08:20')];
    const slot = await made({
      resourceType: 'Slot',
      schedule: { reference: `Schedule/${schedule.id}` },
      status: 'free',
      start,
      end,
    });
    const person = await created();
    const forms = [`Slot/${slot.id}`, `Slot/${slot.id}/_history/1`, `${service.base}/Slot/${slot.id}`];
    const statuses: number[] = [];
    for (const reference of forms) {
      const participant = [{ actor: { reference: `Patient/${person.id}` }, status: 'accepted' }];
      const body = { resourceType: 'Appointment', status: 'booked', start, end, slot: [{ reference }], participant };
      statuses.push((await post('Appointment', body)).status);
    }
    expect(statuses).toEqual([201, 409, 409]);
  });

  it('does not delete a patient whose record is not reached by any search parameter', async () => {
    const { id } = await created();
    const binary = { resourceType: 'Binary', contentType: 'text/plain', data: 'aGk=' };
    await post('Binary', { ...binary, securityContext: { reference: `Patient/${id}` } });
    expect(verdict(await service.call(as, 'DELETE', `Patient/${id}`))).toEqual([409, 'still-referenced']);
    expect(verdict(await post('', transaction(deleteEntry(id))))).toEqual([409, 'still-referenced']);
  });

  it.each([
    ['W/"x"', 400],
    ['1', 400],
    ['*', 200],
    ['W/"1", W/"2"', 400],
    ['"1"', 200],
    ['W/"2"', 412],
  ])('answers If-Match %s with %d', async (header, status) => {
    const person = await created();
    const answer = await service.call(as, 'PUT', `Patient/${person.id}`, {
      body: person,
      headers: { 'if-match': header },
    });
    expect(answer.status).toBe(status);
  });

  it('gives an empty page of a history its total', async () => {
    const { id } = await created();
    const { status, body } = await service.call<Bundle>(as, 'GET', `Patient/${id}/_history?_count=0`);
    expect([status, body.total, body.entry]).toEqual([200, 1, undefined]);
  });

  it('refuses a time that is none in $everything', async () => {
    const { id } = await created();
    for (const since of ['1', 'ayer', '2026-13-01', '2026-11-22T25:00:00Z'])
      expect(verdict(await service.call(as, 'GET', `Patient/${id}/$everything?_since=${since}`))).toEqual([
        400,
        'parameter-value',
      ]);
    const found = await service.call<Bundle>(as, 'GET', `Patient/${id}/$everything?_since=2026-01-01T00:00:00-06:00`);
    expect(found.body.total).toBe(1);
  });

  it('says which methods there are when one is not', async () => {
    const { id } = await created();
    const post = await service.call(as, 'POST', `Patient/${id}`, { body: patient });
    expect(verdict(post)).toEqual([405, 'method-not-allowed']);
    expect(post.headers.get('allow')).toBe('GET, PUT, PATCH, DELETE');
    const put = await service.call(as, 'PUT', 'Bundle/x', { body: { resourceType: 'Bundle', id: 'x' } });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
