import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { verifyAccessToken } from '../../../src/access/access-token.js';
import {
  askToken,
  assertionOf,
  organizationOf,
  startAuthorizationServer,
  type TestAuthorizationServer,
} from './access-fixture.js';

const CLIENT = 'system.uaps1';
const printed = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
let running: TestAuthorizationServer;
const assertion = (claims = {}, header = {}): Promise<string> =>
  assertionOf(running.store, CLIENT, `${running.issuer}/oauth/token`, claims, header);
const seconds = (): number => Math.floor(Date.now() / 1_000);

beforeAll(async () => {
  running = await startAuthorizationServer('token-endpoint');
});
afterAll(() => running.close());
afterEach(() => {
  running.auditor.records.length = 0;
  running.auditor.broken = false;
});

describe('a token', () => {
  it('comes for an ES384 assertion, lives 300 s, and says who may do what', async () => {
    const { status, headers, body } = await askToken(running.issuer, await assertion());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'system/*.cruds' });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    const token = body.access_token ?? '';
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: running.keys.accessToken.kid });
    const claims = verifyAccessToken(running.keys, token, running);
    expect(claims).toMatchObject({
      sub: CLIENT,
      client_id: CLIENT,
      scope: 'system/*.cruds',
      role: 'system',
      acts_as: ['clinician', 'nurse', 'clerk', 'uau'],
      facility: organizationOf('uaps1'),
      purpose_of_use: 'TREAT',
    });
    expect(claims.exp - claims.iat).toBe(300);
  });

  it('verifies with the keys of /oauth/jwks, which hold no private part', async () => {
    const jwks = (await (await fetch(`${running.issuer}/oauth/jwks`)).json()) as JSONWebKeySet;
    expect(jwks.keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'RS256']);
    for (const key of jwks.keys) expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']));
    const { body } = await askToken(running.issuer, await assertion());
    const { payload } = await jwtVerify(body.access_token ?? '', createLocalJWKSet(jwks), {
      audience: running.audience,
    });
    expect(payload.iss).toBe(running.issuer);
  });

  it('is audited, without the token in the record', async () => {
    const { body } = await askToken(running.issuer, await assertion());
    expect(running.auditor.records).toEqual([
      expect.objectContaining({
        act: 'E',
        sub: 'token',
        out: '0',
        who: CLIENT,
        rol: 'system',
        fac: organizationOf('uaps1'),
        ip: '127.0.0.1',
        det: expect.objectContaining({ scope: 'system/*.cruds', jti: expect.any(String) }),
      }),
    ]);
    expect(JSON.stringify(running.auditor.records)).not.toContain(body.access_token);
  });

  it('does not leave when the audit cannot be written', async () => {
    running.auditor.broken = true;
    const { status, headers, body } = await askToken(running.issuer, await assertion());
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(body.access_token).toBeUndefined();
    expect(body.error).toBe('temporarily_unavailable');
    expect(running.faults).toHaveLength(1);
  });
});

describe('scopes', () => {
  it.each([
    ['system/Patient.rs', 'system/Patient.rs'],
    ['system/*.read', 'system/*.rs'],
    ['openid user/*.cruds system/*.sr system/Task.cu', 'system/Task.cu'],
  ])('%s gives %s', async (scope, granted) => {
    const { status, body } = await askToken(running.issuer, await assertion(), { scope });
    expect(status).toBe(200);
    expect(body.scope).toBe(granted);
    expect(verifyAccessToken(running.keys, body.access_token ?? '', running).scope).toBe(granted);
  });

  it.each(['user/*.cruds', 'system/*.sr', 'openid', '', 'system/Observation.rs?category=laboratory'])(
    '%j gives invalid_scope',
    async (scope) => {
      const { status, body } = await askToken(running.issuer, await assertion(), { scope });
      expect([status, body.error]).toEqual([400, 'invalid_scope']);
    },
  );
});

describe('a refusal', () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;

  it.each([
    ['an end more than five minutes ahead', { exp: seconds() + 3_600 }, {}],
    ['an end in the past', { exp: seconds() - 60 }, {}],
    ['no end', { exp: undefined }, {}],
    ['no jti', { jti: undefined }, {}],
    ['another audience', { aud: 'http://evil.example/token' }, {}],
    ['another audience beside ours', { aud: ['http://evil.example'] }, {}],
    ['an issuer that is not the client', { iss: 'system.hosp1' }, {}],
    ['an unknown kid', {}, { kid: 'other' }],
    ['an unknown critical header', {}, { crit: ['b64'], b64: true }],
  ])('follows an assertion with %s', async (_name, claims, header) => {
    const { status, body, headers } = await askToken(running.issuer, await assertion(claims, header));
    expect([status, body.error, body.access_token]).toEqual([401, 'invalid_client', undefined]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(running.auditor.records).toEqual([
      expect.objectContaining({
        sub: 'token',
        out: '4',
        who: CLIENT,
        det: expect.objectContaining({ error: 'invalid_client' }),
      }),
    ]);
  });

  it('follows an audience list that names another server beside ours', async () => {
    const aud = ['http://evil.example', `${running.issuer}/oauth/token`];
    expect((await askToken(running.issuer, await assertion({ aud }))).status).toBe(401);
    expect((await askToken(running.issuer, await assertion({ aud: [running.issuer] }))).status).toBe(200);
  });

  it('follows a foreign key, HS256 and alg none', async () => {
    const claims = { iss: CLIENT, sub: CLIENT, aud: running.issuer, jti: 'x', exp: seconds() + 60 };
    const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'ES384', kid: `${CLIENT}-1` }).sign(stranger);
    const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1));
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const bad of [foreign, symmetric, `${part({ alg: 'none' })}.${part(claims)}.`]) {
      const { status, body } = await askToken(running.issuer, bad);
      expect([status, body.error]).toEqual([401, 'invalid_client']);
    }
  });

  it('follows the second of ten parallel uses of one assertion, whichever comes first', async () => {
    const once = await assertion();
    const answers = await Promise.all(Array.from({ length: 10 }, () => askToken(running.issuer, once)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 401)]);
    expect((await askToken(running.issuer, once)).status).toBe(401);
    expect(running.auditor.records.filter(({ out }) => out === '0')).toHaveLength(1);
    expect(running.auditor.records).toHaveLength(11);
  });

  it.each([
    ['a wrong grant type', { grant_type: 'password' }, 400],
    ['a grant type that is not served', { grant_type: 'authorization_code' }, 400],
    ['a wrong assertion type', { client_assertion_type: 'urn:other' }, 400],
    ['no assertion', { client_assertion: '' }, 400],
    ['rubbish as assertion', { client_assertion: 'rubbish' }, 400],
    ['another resource', { resource: 'http://evil.example/fhir' }, 400],
  ])('follows %s', async (_name, form, expected) => {
    const { status, body } = await askToken(running.issuer, await assertion(), form);
    expect(status).toBe(expected);
    expect(body.error).toEqual(expect.any(String));
    expect(running.auditor.records).toHaveLength(1);
  });

  it('follows people and unknown clients alike, and the audit keeps the name they gave', async () => {
    const claims = (sub: string): object => ({ iss: sub, sub });
    for (const name of ['clinician.uaps1', 'nobody', 'system.uaps1 ']) {
      expect((await askToken(running.issuer, await assertion(claims(name)))).status).toBe(401);
      expect(running.auditor.records.at(-1)).toMatchObject({ who: name, rol: 'unknown', out: '4' });
    }
  });

  it('is JSON for a browser too', async () => {
    const { headers } = await askToken(running.issuer, 'x', {}, { accept: 'text/html' });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('the mount', () => {
  it('serves nothing but /auth, /token and /jwks: no other route of the library is reachable', async () => {
    for (const path of ['/session/end', '/me', '/reg', '/.well-known/openid-configuration', '/device'])
      expect((await fetch(`${running.issuer}/oauth${path}`, { redirect: 'manual' })).status).toBe(404);
  });

  it('makes the library print no notice', () => {
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });
});
