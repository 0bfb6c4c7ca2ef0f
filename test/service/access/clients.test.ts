import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { verifyAccessToken } from '../../../src/access/access-token.js';
import { askToken, assertionOf, startAuthorizationServer, type TestAuthorizationServer } from './access-fixture.js';

const PUBLIC_URL = 'https://referencia.example';
let running: TestAuthorizationServer;

beforeAll(async () => {
  running = await startAuthorizationServer('clients', { publicUrl: PUBLIC_URL });
});
afterAll(() => running.close());

const setAccount = async (name: string, change: object): Promise<void> => {
  await running.store.support<{ _id: string }>('accounts').updateOne({ _id: name }, { $set: change }, { upsert: true });
};

describe('behind a proxy', () => {
  it('the issuer and the audience are those of PUBLIC_URL, whatever host the request names', async () => {
    const assertion = await assertionOf(running.store, 'system.cis1', `${PUBLIC_URL}/oauth/token`);
    const { status, body } = await askToken(
      running.issuer,
      assertion,
      {},
      {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'ftp',
      },
    );
    expect(status).toBe(200);
    const expected = { issuer: PUBLIC_URL, audience: `${PUBLIC_URL}/fhir` };
    expect(verifyAccessToken(running.keys, body.access_token ?? '', expected).iss).toBe(PUBLIC_URL);
  });

  it('an assertion for the host that the request names is refused', async () => {
    const assertion = await assertionOf(running.store, 'system.cis1', 'http://evil.example/oauth/token');
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    expect((await askToken(running.issuer, assertion, {}, headers)).status).toBe(401);
  });
});

describe('clients', () => {
  it('may sign with RS384', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await setAccount('system.outside', {
      kind: 'system',
      role: 'system',
      actsAs: ['clerk'],
      displayName: 'Otro sistema',
      facilities: [],
      enabled: true,
      demo: false,
      publicKeys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'rsa-1', alg: 'RS384', use: 'sig' }],
    });
    const sign = (alg: string): Promise<string> =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg, kid: 'rsa-1' })
        .setIssuer('system.outside')
        .setSubject('system.outside')
        .setAudience(PUBLIC_URL)
        .setExpirationTime('1m')
        .sign(privateKey);
    expect((await askToken(running.issuer, await sign('RS384'))).status).toBe(200);
    expect((await askToken(running.issuer, await sign('RS256'))).status).toBe(401);
    expect((await askToken(running.issuer, await sign('PS384'))).status).toBe(401);
  });

  it('get no token once their account is disabled, or their key is taken away', async () => {
    const ask = async (): Promise<number> =>
      (await askToken(running.issuer, await assertionOf(running.store, 'system.hosp4', PUBLIC_URL))).status;
    expect(await ask()).toBe(200);
    await setAccount('system.hosp4', { enabled: false });
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    expect(await ask()).toBe(401);
    await setAccount('system.hosp4', { enabled: true, publicKeys: [] });
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    expect(await ask()).toBe(401);
  });
});

describe('in production', () => {
  it('demonstration accounts are no clients', async () => {
    const production = await startAuthorizationServer('clients-production', { production: true });
    try {
      const assertion = await assertionOf(production.store, 'conformance', production.issuer);
      const { status, body } = await askToken(production.issuer, assertion);
      expect([status, body.error]).toEqual([401, 'invalid_client']);
    } finally {
      await production.close();
    }
  });
});
