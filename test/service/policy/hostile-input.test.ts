import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry, Observation, Patient } from '@medplum/fhirtypes';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { bundleOf, created, verdict } from './policy-fixture.js';

const AS = 'system.uaps1';
const MB = 1_048_576;

/** What an answer must never show: frames and files of the program, words of the database. */
const INSIDES = /\n\s+at |node_modules|\.(?:ts|js|mjs):\d|\/src\/|Mongo|mongodb:|ECONN|SyntaxError|TypeError/;

/** An error as the API promises it: OperationOutcome, nothing of the inside, nothing to keep in a cache. */
function expectRefusal(answer: Answer<unknown>, status: number, code: string): void {
  expect(verdict(answer)).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.text).not.toMatch(INSIDES);
  expect(answer.text.length).toBeLessThan(10_000);
}

describe('hostile input', () => {
  let service: TestService;
  let patient: Patient & { id: string };

  const observation = (): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Peso' },
    subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: '2026-05-04',
  });

  beforeAll(async () => {
    service = await startService();
    patient = await created(service, AS, {
      resourceType: 'Patient',
      name: [{ family: 'Zarigüeya', given: ['(a+)+b'] }],
      gender: 'female',
    });
  }, 60_000);
  afterAll(() => service.stop());

  describe('in queries (S37, S39, S43)', () => {
    const long = (count: number, text: (index: number) => string, glue: string): string =>
      Array.from({ length: count }, (_, index) => text(index)).join(glue);

    it.each([
      ['an operator in a name', 'name[$ne]=x', 'parameter-unknown'],
      ['an operator of its own', '$where=1', 'parameter-unknown'],
      ['a prototype', '__proto__[x]=1', 'parameter-unknown'],
      ['a prototype as name', '__proto__=1', 'parameter-unknown'],
      ['a member of every object', 'constructor=1', 'parameter-unknown'],
      ['another member', 'hasOwnProperty=1', 'parameter-unknown'],
      ['a broken escape as name', '%ff%=1', 'parameter-unknown'],
      ['a substring search in a number', 'identifier:contains=x', 'modifier-unsupported'],
      ['a modifier that is a member', 'name:constructor=x', 'modifier-unsupported'],
      ['a page without end', '_count=1000000', 'parameter-value'],
      ['a negative page', '_count=-1', 'parameter-value'],
      ['two page sizes', '_count=1&_count=2', 'parameter-value'],
      ['too many parameters', long(200, (i) => `name=a${i}`, '&'), 'parameter-value'],
      ['too many ids', `_id=${long(2_001, (i) => `x${i}`, ',')}`, 'parameter-value'],
      ['too many names', `name=${long(51, (i) => `x${i}`, ',')}`, 'parameter-value'],
      ['a value too long', `name=${'.*'.repeat(1_000)}`, 'parameter-value'],
      ['an id that is none', '_id=a b/..', 'parameter-value'],
      ['many joins', long(30, () => '_revinclude=Observation:patient', '&'), 'parameter-value'],
      ['a join of everything', '_revinclude=*', 'include-unknown'],
      ['a chain without end', `${'link.'.repeat(30)}name=x`, 'parameter-value'],
      ['a chain through a member', 'constructor.name=x', 'parameter-unknown'],
      ['a reverse chain through a member', '_has:constructor:prototype:x=y', 'parameter-unknown'],
      ['an unknown sort key', '_sort=$natural', 'sort-unsupported'],
      ['a forged page link', '_cursor=eyJhIjoxfQ', 'cursor-invalid'],
    ])('refuses %s', async (_name, query, code) => {
      // posted: the way a form comes, and long enough
      const answer = await service.call(AS, 'POST', 'Patient/_search', {
        body: query,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expectRefusal(answer, 400, code);
      if (query.length < 10_000) expectRefusal(await service.call(AS, 'GET', `Patient?${query}`), 400, code);
    });

    it.each([
      ['(a+)+b', 1],
      ['(a+)+$', 0],
      ['zarig', 1],
      ['^(a+)+$', 0],
      ['.*', 0],
      ['.*'.repeat(50), 0],
      ['[', 0],
      ['{"$gt":""}', 0],
      ["'||'1'=='1", 0],
      ['%', 0],
    ])('takes the text %p as text', async (text, expected) => {
      const answer = await service.call<{ total?: number }>(
        AS,
        'GET',
        `Patient?name=${encodeURIComponent(text)}&_summary=count`,
      );
      expect([answer.status, answer.body.total]).toEqual([200, expected]);
    });

    it.each(['identifier', 'gender', 'general-practitioner', '_id'])(
      'takes an operator in %s as a value',
      async (name) => {
        const answer = await service.call<{ total?: number }>(AS, 'GET', `Patient?${name}={"$ne":null}&_summary=count`);
        expect([answer.status, answer.body.total ?? 0]).toEqual([answer.status === 400 ? 400 : 200, 0]);
      },
    );

    it('takes repeated parameters as conditions that all hold', async () => {
      const both = await service.call<{ total?: number }>(AS, 'GET', 'Patient?name=Zarig&name=nadie&_summary=count');
      expect(both.body.total).toBe(0);
    });
  });

  describe('in paths (S46, S47)', () => {
    it.each([
      ['GET', 'Patient/%', 'route-unknown'],
      ['GET', '%zz', 'route-unknown'],
      ['GET', 'Patient%2Fx', 'route-unknown'],
      ['GET', 'Patient/x%2f_history', 'route-unknown'],
      ['GET', 'Patient/x/y', 'type-unknown'],
      ['GET', 'Task/x/Patient', 'route-unknown'],
      ['GET', 'Patient/x/Organization', 'route-unknown'],
      ['GET', 'Patient/x/_history/1/2', 'route-unknown'],
      ['GET', '__proto__', 'route-unknown'],
      ['GET', '__proto__/x', 'route-unknown'],
      ['GET', 'constructor/x', 'type-unknown'],
      ['GET', 'toString/x/_history/1', 'type-unknown'],
      ['GET', 'Patient/%00', 'not-found'],
      ['GET', 'Patient/x%00/_history', 'not-found'],
      ['GET', 'Patient/x%00/_history/1', 'not-found'],
      ['DELETE', 'Patient/a%20b', 'not-found'],
      ['GET', `Patient/${'x'.repeat(65)}`, 'not-found'],
      ['GET', 'Patient/a$b', 'not-found'],
      ['GET', 'Patient/$__proto__', 'operation-unknown'],
      ['POST', '$constructor', 'operation-unknown'],
    ])('%s %s is 404 %s', async (method, path, code) => {
      expectRefusal(await service.call(AS, method, path, method === 'POST' ? { body: {} } : {}), 404, code);
    });

    it('outside the API, too', async () => {
      for (const path of ['/nada', '/%', '/oauth/../nada', '/oauth/nada', '/.well-known/x', '/fhir%2Fmetadata']) {
        const response = await fetch(`${service.url}${path}`);
        const text = await response.text();
        expect([path, response.status]).toEqual([path, 404]);
        expect(text).not.toMatch(INSIDES);
      }
    });

    it.each([
      ['PATCH', 'Patient/x/_history/1', 'method-not-allowed'],
      ['PUT', 'Patient/_history', 'method-not-allowed'],
      ['DELETE', '_history', 'method-not-allowed'],
      ['PUT', 'Bundle', 'interaction-unsupported'],
      ['PATCH', 'Provenance/x', 'interaction-unsupported'],
      ['DELETE', 'AuditEvent', 'interaction-unsupported'],
      ['POST', 'Patient/x', 'method-not-allowed'],
      ['PUT', 'Patient/x/_history/1', 'method-not-allowed'],
      ['PUT', '', 'method-not-allowed'],
      ['GET', 'ServiceRequest/$submit', 'method-not-allowed'],
      ['OPTIONS', 'Patient/x', 'method-not-allowed'],
      ['PROPFIND', 'Patient', 'method-not-allowed'],
      ['PUT', 'AuditEvent/x', 'interaction-unsupported'],
      ['DELETE', 'AuditEvent/x', 'interaction-unsupported'],
      ['DELETE', 'Provenance/x', 'interaction-unsupported'],
    ])('%s %s is 405 %s', async (method, path, code) => {
      const answer = await service.call(AS, method, path, method === 'GET' ? {} : { body: {} });
      expectRefusal(answer, 405, code);
    });

    it('answers HEAD like GET, without the body', async () => {
      const head = await service.call(AS, 'HEAD', `Patient/${patient.id}`);
      const get = await service.call(AS, 'GET', `Patient/${patient.id}`);
      expect([head.status, head.text]).toEqual([200, '']);
      for (const name of ['etag', 'content-type', 'last-modified', 'content-length'])
        expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
      expect((await service.call('clerk.hosp1', 'HEAD', `Patient/${patient.id}`)).status).toBe(404);
    });
  });

  describe('in headers (S47)', () => {
    it.each([
      ['text/plain'],
      ['application/fhir+turtle'],
      ['application/x-www-form-urlencoded'],
      ['multipart/form-data; boundary=x'],
      ['application/json-patch+json'],
      ['application/fhir+json; charset=iso-8859-1'],
    ])('refuses a body of type %s', async (type) => {
      const headers = { 'content-type': type };
      expectRefusal(
        await service.call(AS, 'POST', 'Patient', { body: patient, headers }),
        415,
        'content-type-unsupported',
      );
    });

    it('refuses a body of no type, and one in an unknown coding', async () => {
      const headers = { authorization: `Bearer ${await service.token(AS)}` };
      const bare = new Blob([JSON.stringify(patient)]);
      expect((await fetch(`${service.base}/Patient`, { method: 'POST', headers, body: bare })).status).toBe(415);
      const coded = { 'content-encoding': 'x-mine' };
      expectRefusal(
        await service.call(AS, 'POST', 'Patient', { body: patient, headers: coded }),
        415,
        'content-type-unsupported',
      );
    });

    it.each([
      ['text/html', ''],
      ['image/png, text/turtle', ''],
      ['*/*', '?_format=ttl'],
      ['*/*', '?_format=text/html'],
    ])('cannot answer in %s %s', async (accept, query) => {
      const answer = await service.call(AS, 'GET', `Patient/${patient.id}${query}`, { headers: { accept } });
      expectRefusal(answer, 406, 'format-unsupported');
    });

    it.each([
      ['application/fhir+json', ''],
      ['application/fhir+json;fhirVersion=4.0;q=0.9, text/html', ''],
      ['text/html,application/xhtml+xml,*/*;q=0.8', ''],
      ['text/html', '?_format=json'],
      ['text/html', '?_format=application/fhir+json'],
    ])('answers %s %s', async (accept, query) => {
      const answer = await service.call(AS, 'GET', `Patient/${patient.id}${query}`, { headers: { accept } });
      expect(answer.status).toBe(200);
    });

    it.each([
      ['If-Match', 'PUT', { 'if-match': '"x"' }],
      ['If-Match', 'DELETE', { 'if-match': 'W/"1", W/"2"' }],
      ['If-None-Exist', 'POST', { 'if-none-exist': '' }],
      ['If-None-Exist', 'POST', { 'if-none-exist': '_count=1' }],
    ])('refuses a malformed %s of %s', async (_name, method, headers) => {
      const path = method === 'POST' ? 'Patient' : `Patient/${patient.id}`;
      expectRefusal(await service.call(AS, method, path, { body: patient, headers }), 400, 'header-invalid');
    });

    it('does not take over a request id that is none', async () => {
      const answer = await service.call(AS, 'GET', 'Patient/x', { headers: { 'x-request-id': 'a"b{}' } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      const given = await service.call(AS, 'GET', 'Patient/x', { headers: { 'x-request-id': 'mine-1' } });
      expect(given.headers.get('x-request-id')).toBe('mine-1');
    });
  });

  describe('in bodies (S42)', () => {
    const named = (text: string): string => `{"resourceType":"Patient","name":[{"family":${text}}]}`;
    const nested = (depth: number): string =>
      `{"resourceType":"Patient","extension":[${'{"url":"u:x","extension":['.repeat(depth)}${']}'.repeat(depth)}]}`;

    const bodies: readonly (readonly [string, () => string | Uint8Array, number, string])[] = [
      ['no JSON', () => '{"resourceType":"Pat', 400, 'body-unreadable'],
      ['nothing', () => ' ', 400, 'body-unreadable'],
      ['an array', () => '[]', 400, 'body-unreadable'],
      ['null', () => 'null', 400, 'body-unreadable'],
      ['a number', () => '1', 400, 'body-unreadable'],
      ['bytes that are no UTF-8', () => Buffer.from(named('"\u00ff"'), 'latin1'), 400, 'body-unreadable'],
      ['a raw NUL', () => named('"a\u0000b"'), 400, 'body-unreadable'],
      ['a member twice', () => '{"resourceType":"Patient","id":"a","id":"b"}', 400, 'body-unreadable'],
      ['5,000 levels', () => nested(5_000), 400, 'body-too-deep'],
      ['200,000 brackets', () => '['.repeat(200_000), 400, 'body-too-deep'],
      ['a prototype', () => '{"resourceType":"Patient","__proto__":{"x":1}}', 422, 'key-unsafe'],
      ['a prototype, escaped', () => '{"resourceType":"Patient","\\u005f_proto__":{"x":1}}', 422, 'key-unsafe'],
      ['a prototype, deep', () => '{"resourceType":"Patient","name":[{"constructor":{"a":"b"}}]}', 422, 'key-unsafe'],
      ['an operator as element', () => '{"resourceType":"Patient","$where":"1"}', 422, 'element-unknown'],
      ['a dotted element', () => '{"resourceType":"Patient","name.family":"x"}', 422, 'element-unknown'],
      ['an operator as value', () => named('{"$ne":"x"}'), 422, 'json-type'],
      ['a type that is an object', () => '{"resourceType":{"$ne":1}}', 400, 'type-mismatch'],
      ['10 MB and a byte', () => Buffer.alloc(10 * MB + 1, 0x20), 413, 'body-too-large'],
      ['a string of 2 MB', () => named(`"${'x'.repeat(2 * MB)}"`), 422, 'value-format'],
    ];
    it.each(bodies)('refuses %s', async (_name, make, status, code) => {
      const body = Buffer.from(make());
      const response = await fetch(`${service.base}/Patient`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await service.token(AS)}`, 'content-type': 'application/fhir+json' },
        body,
      });
      const text = await response.text();
      const parsed = JSON.parse(text) as Record<string, unknown>;
      expectRefusal({ status: response.status, headers: response.headers, body: parsed, text }, status, code);
    });

    it('refuses a bomb by what it unpacks to', async () => {
      const response = await fetch(`${service.base}/Patient`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await service.token(AS)}`,
          'content-type': 'application/fhir+json',
          'content-encoding': 'gzip',
        },
        body: gzipSync(Buffer.alloc(200 * MB, 0x20)),
      });
      expect(response.status).toBe(413);
      await response.text();
    });

    it('keeps a text with every awkward character as it was sent', async () => {
      const family = '\u2028 "\\ <b> $ne \u0001 ñ 🦫';
      const made = await created(service, AS, { ...patient, name: [{ family: family.replace('\u0001', ' ') }] });
      const read = await service.call<Patient>(AS, 'GET', `Patient/${made.id}`);
      expect(read.body.name?.[0]?.family).toBe(family.replace('\u0001', ' '));
    });

    it.each([
      ['201 entries', 'batch', Array.from({ length: 201 }, () => ({ request: { method: 'GET', url: 'Patient/x' } }))],
      [
        '10,000 entries',
        'transaction',
        Array.from({ length: 10_000 }, () => ({ request: { method: 'GET', url: 'Patient/x' } })),
      ],
      ['a PATCH', 'transaction', [{ request: { method: 'PATCH', url: 'Patient/x' } }]],
      [
        'an operation in a transaction',
        'transaction',
        [{ request: { method: 'POST', url: 'ServiceRequest/$submit' }, resource: { resourceType: 'ServiceRequest' } }],
      ],
      ['a delete of a whole type', 'transaction', [{ request: { method: 'DELETE', url: 'Observation' } }]],
      [
        'a history in a transaction',
        'transaction',
        [{ request: { method: 'DELETE', url: 'Observation/x/_history/1' } }],
      ],
      ['another kind of Bundle', 'document' as 'batch', []],
    ] as const)('refuses a Bundle with %s (S43)', async (_name, type, entry) => {
      const body = bundleOf(type, entry as unknown as BundleEntry[]);
      expectRefusal(await service.call(AS, 'POST', '', { body }), 400, 'bundle-invalid');
    });

    it.each([
      ['an entry without request', { resource: { resourceType: 'Patient' } }],
      ['a method that is none', { request: { method: 'constructor', url: 'Patient/x' } }],
      ['a batch in a batch', { request: { method: 'POST', url: '' }, resource: bundleOf('batch', []) }],
      ['a batch in a batch, by slashes', { request: { method: 'POST', url: '//' }, resource: bundleOf('batch', []) }],
    ])('refuses, in a batch, %s (S43)', async (_name, entry) => {
      const body = bundleOf('batch', [entry as unknown as BundleEntry]);
      const answer = await service.call<Bundle>(AS, 'POST', '', { body });
      expect([answer.status, answer.body.entry?.[0]?.response?.status]).toEqual([200, '400 Bad Request']);
      expect(answer.text).toContain('bundle-invalid');
    });

    it('keeps numbers as written in a transaction, too', async () => {
      const text = JSON.stringify(
        bundleOf('transaction', [
          {
            request: { method: 'POST', url: 'Observation' },
            resource: { ...observation(), valueQuantity: { value: 7 } },
          },
        ]),
      ).replace('"value":7', '"value":1.10');
      const answer = await service.call(AS, 'POST', '', { body: text });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('"value":1.10');
    });
  });

  describe('without a token', () => {
    it.each([
      ['an oversized body', 'POST', 'Patient', Buffer.alloc(11 * MB, 0x20)],
      ['no JSON', 'POST', 'Patient', '{'],
      ['an unknown type', 'GET', 'Nada', undefined],
      ['an unknown method', 'PROPFIND', 'Patient', undefined],
      ['a broken escape', 'GET', '%', undefined],
      ['a preflight', 'OPTIONS', 'Patient', undefined],
      ['an unknown operation', 'POST', '$nada', '{}'],
    ])('%s is 401 before anything else', async (_name, method, path, body) => {
      const response = await fetch(`${service.base}/${path}`, {
        method,
        headers: { accept: 'text/turtle', ...(body ? { 'content-type': 'text/plain' } : {}) },
        ...(body ? { body } : {}),
      });
      const text = await response.text();
      const parsed = JSON.parse(text) as Record<string, unknown>;
      expectRefusal({ status: response.status, headers: response.headers, body: parsed, text }, 401, 'token-missing');
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    });

    it.each([
      ['client_id[$ne]=x'],
      ['grant_type[$ne]=x&client_id=a'],
      ['grant_type=client_credentials&client_id=%7B%22$ne%22:1%7D'],
      ['{"client_id":{"$ne":null}}'],
    ])('gives no token for %s (S38)', async (body) => {
      const type = body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';
      const response = await fetch(`${service.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      const text = await response.text();
      expect([400, 401]).toContain(response.status);
      expect(text).not.toMatch(INSIDES);
      expect(text).not.toContain('access_token');
    });

    it('audits a refused token under the id of its request', async () => {
      const response = await fetch(`${service.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'token-try-1' },
        body: 'grant_type=client_credentials&client_id=nobody',
      });
      await response.text();
      expect(response.status).toBe(401);
      const [record] = await service.context.store.findAudits({ req: 'token-try-1' }, { limit: 2 });
      expect(record).toMatchObject({ sub: 'token', out: '4', cli: 'nobody', ip: expect.stringContaining('127.0.0.1') });
    });
  });

  describe('on the wire (S46)', () => {
    /** First line that the server answers to bytes as they are. */
    const raw = async (bytes: string): Promise<string> => {
      const { hostname, port } = new URL(service.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(bytes, 'latin1');
      const [first] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return first.toString('latin1').split('\r\n')[0] ?? '';
    };
    const get = (path: string, ...headers: string[]): string =>
      [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

    it.each([
      ['two lengths of the body', get('/fhir/metadata', 'Content-Length: 5', 'Transfer-Encoding: chunked'), 400],
      ['no host', 'GET /fhir/metadata HTTP/1.1\r\n\r\n', 400],
      ['a NUL in a header', get('/livez', 'X-A: a\u0000b'), 400],
      ['a name with a space', get('/livez', 'X A: b'), 400],
      ['a method that nobody knows', get('/livez').replace('GET', 'FOO'), 400],
      ['a header of 20 KB', get('/livez', `X-A: ${'a'.repeat(20_480)}`), 431],
      ['an address of 20 KB', get(`/fhir/Patient?name=${'a'.repeat(20_480)}`), 431],
      ['TRACE', get('/fhir/Patient').replace('GET', 'TRACE'), 401],
      ['no HTTP', 'hola\r\n\r\n', 400],
      ['what is fine', get('/livez'), 200],
    ])('%s', async (_name, bytes, status) => {
      expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    });
  });

  describe('when something breaks inside (S47, S58)', () => {
    it('says a number and nothing else', async () => {
      const broken = await created(service, AS, observation());
      const collection = service.db.collection<{ _id: string }>('Observation');
      await collection.updateOne({ _id: broken.id }, { $set: { json: '{"resourceType":"Obs CANARY' } });
      const answer = await service.call(AS, 'GET', `Patient/${patient.id}/$timeline`);
      await collection.deleteOne({ _id: broken.id });
      expectRefusal(answer, 500, 'internal');
      expect(answer.text).toContain(answer.headers.get('x-request-id'));
      expect(answer.text).not.toContain('CANARY');
      expect((await service.call(AS, 'GET', `Patient/${patient.id}/$timeline`)).status).toBe(200);
    });

    describe('and the audit cannot be written', () => {
      let own: Observation & { id: string };

      beforeAll(async () => {
        own = await created(service, AS, observation());
        await service.db.command({ collMod: 'audit', validator: { _id: 'never' }, validationAction: 'error' });
      });
      afterAll(async () => {
        await service.db.command({ collMod: 'audit', validator: {} });
      });

      const asks: readonly (readonly [string, string, () => string, (() => unknown) | undefined])[] = [
        ['a read', 'GET', () => `Patient/${patient.id}`, undefined],
        ['a version', 'GET', () => `Patient/${patient.id}/_history/1`, undefined],
        ['a history', 'GET', () => `Patient/${patient.id}/_history`, undefined],
        ['a search', 'GET', () => 'Patient?name=Zarig', undefined],
        ['a count', 'GET', () => 'Patient?name=Zarig&_summary=count', undefined],
        ['$everything', 'GET', () => `Patient/${patient.id}/$everything`, undefined],
        ['$timeline', 'GET', () => `Patient/${patient.id}/$timeline`, undefined],
        ['what is not there', 'GET', () => 'Patient/nadie', undefined],
        ['a refusal', 'POST', () => 'Organization', () => ({ resourceType: 'Organization', name: 'x' })],
        ['a create', 'POST', () => 'Observation', observation],
        ['a create that finds', 'POST', () => 'Patient', () => patient],
        ['an update', 'PUT', () => `Observation/${own.id}`, () => ({ ...own, status: 'amended' })],
        ['a delete', 'DELETE', () => `Observation/${own.id}`, undefined],
        [
          'a transaction',
          'POST',
          () => '',
          () => bundleOf('transaction', [{ request: { method: 'POST', url: 'Observation' }, resource: observation() }]),
        ],
        [
          'a transaction that only finds',
          'POST',
          () => '',
          () =>
            bundleOf('transaction', [
              { request: { method: 'POST', url: 'Patient', ifNoneExist: 'name=Zarig' }, resource: patient },
            ]),
        ],
      ];
      it.each(asks)('%s is 503, and nothing is shown or stored', async (name, method, path, body) => {
        const counts = async (): Promise<number[]> =>
          Promise.all(
            ['Observation', 'Patient', 'history', 'claims'].map((each) => service.db.collection(each).countDocuments()),
          );
        const before = await counts();
        const answer = await service.call(AS, method, path(), {
          ...(body ? { body: body() } : {}),
          ...(name === 'a create that finds' ? { headers: { 'if-none-exist': 'name=Zarig' } } : {}),
        });
        expectRefusal(answer, 503, 'unavailable');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(answer.text).not.toContain('Zarig');
        expect(await counts()).toEqual(before);
      });

      it('gives no token, and stays alive', async () => {
        const response = await fetch(`${service.url}/oauth/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'grant_type=client_credentials&client_id=nobody',
        });
        expect([response.status, (await response.json()) as unknown]).toEqual([
          503,
          expect.objectContaining({ error: 'temporarily_unavailable' }),
        ]);
        expect((await fetch(`${service.url}/livez`)).status).toBe(200);
      });
    });

    it('goes on when the audit is back', async () => {
      const answer = await service.call(AS, 'GET', `Patient/${patient.id}`);
      expect(answer.status).toBe(200);
      const again = await service.call(AS, 'POST', 'Observation', { body: observation() });
      expect(again.status).toBe(201);
    });
  });
});
