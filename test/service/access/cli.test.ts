import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importJWK, SignJWT } from 'jose';
import { createAuthenticator } from '../../../src/access/authenticate.js';
import { readKeySet } from '../../../src/access/key-set.js';
import { loadSigningKeys } from '../../../src/access/signing-keys.js';
import { COMMANDS } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run-command.js';
import { testDatabaseName, testDatabaseUri } from '../../support/database.js';
import {
  askToken,
  organizationOf,
  SECRETS,
  startAuthorizationServer,
  type TestAuthorizationServer,
} from './access-fixture.js';

const NAME = 'access-cli';
let running: TestAuthorizationServer;
const environment = (): Record<string, string> => ({
  MONGODB_URI: testDatabaseUri(NAME),
  MONGODB_DATABASE: testDatabaseName(NAME),
  CURSOR_SECRET: SECRETS.cursor,
  // Another port than the running service's: the tokens must be for the service all the same.
  PORT: '9',
});

async function cli(
  argv: string[],
  env: Record<string, string> = environment(),
): Promise<{ code: number; out: string[]; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommand(
    COMMANDS,
    argv,
    { env, out: (line) => void out.push(line) },
    (line) => void err.push(line),
  );
  return { code, out, err: err.join('\n') };
}

beforeAll(async () => {
  running = await startAuthorizationServer(NAME);
});
afterAll(() => running.close());

describe('cli token', () => {
  it.each([
    ['clinician.uaps1', 'user/*.cruds', 'cli'],
    ['system.hosp1', 'system/*.cruds', 'system.hosp1'],
    ['conformance', 'system/*.cruds', 'conformance'],
    ['patient.1', 'patient/*.cruds', 'cli'],
  ])('prints nothing but a token of %s that the service takes', async (account, scope, clientId) => {
    const { code, out } = await cli(['token', account]);
    expect([code, out.length]).toEqual([0, 1]);
    const keys = await loadSigningKeys(running.store, SECRETS);
    const { issuer, audience, store } = running;
    const authenticate = createAuthenticator({ store, keys, issuer, audience, production: false });
    expect(await authenticate(`Bearer ${out[0]}`)).toMatchObject({ sub: account, scope, clientId });
    const { iat, exp } = JSON.parse(Buffer.from(out[0]?.split('.')[1] ?? '', 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(exp - iat).toBe(3_600);
    const records = running.store.support<{ sub: string }>('accounts').db.collection('audit');
    expect(await records.countDocuments({ sub: 'token', who: account, 'det.grant': 'cli' })).toBe(1);
  });

  it('says what to do about an unknown account, and about none', async () => {
    expect(await cli(['token', 'nobody'])).toMatchObject({
      code: 1,
      out: [],
      err: expect.stringContaining('npm start'),
    });
    expect(await cli(['token'])).toMatchObject({ code: 2, out: [], err: expect.stringContaining('token CUENTA') });
  });
});

describe('cli accounts', () => {
  it('lists name, role and facility with tabs and without a header', async () => {
    const { code, out } = await cli(['accounts']);
    expect(code).toBe(0);
    expect(out).toContain(`uau.hosp1\tuau\t${organizationOf('hosp1')}`);
    expect(out).toContain('statistics\tstatistics\t');
    for (const line of out) expect(line.split('\t')).toHaveLength(3);
  });
});

describe('cli keys', () => {
  it('prints a key with which an outside program gets a token', async () => {
    const { code, out } = await cli(['keys', 'system.hosp2']);
    expect([code, out.length]).toEqual([0, 1]);
    const jwk = JSON.parse(out[0] ?? '') as { kid: string; alg: string };
    const assertion = await new SignJWT({ jti: 'from-outside' })
      .setProtectedHeader({ alg: jwk.alg, kid: jwk.kid })
      .setIssuer('system.hosp2')
      .setSubject('system.hosp2')
      .setAudience(`${running.issuer}/oauth/token`)
      .setExpirationTime('2m')
      .sign(await importJWK(jwk));
    expect((await askToken(running.issuer, assertion)).status).toBe(200);
  });

  it('has none for people', async () => {
    expect(await cli(['keys', 'clinician.uaps1'])).toMatchObject({
      code: 1,
      out: [],
      err: expect.stringContaining('person'),
    });
  });
});

describe('cli new-signing-keys', () => {
  it('prints a set that production can use', async () => {
    const { out } = await cli(['new-signing-keys']);
    expect(readKeySet(JSON.parse(out.join('\n')), SECRETS.cursor).accessTokenVerifiers.size).toBe(1);
  });
});

describe('in production', () => {
  it.each([['token'], ['accounts'], ['keys']])('%s is refused', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'rr-keys-'));
    try {
      const file = join(folder, 'jwks.json');
      await writeFile(file, (await cli(['new-signing-keys'])).out.join('\n'));
      const production = {
        ...environment(),
        NODE_ENV: 'production',
        PUBLIC_URL: 'https://referencia.example',
        OAUTH_JWKS_FILE: file,
      };
      expect(await cli([name, 'conformance'], production)).toMatchObject({
        code: 1,
        out: [],
        err: expect.stringContaining('for development only'),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
