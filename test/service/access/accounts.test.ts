import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AccessTokenContent, signAccessToken } from '../../../src/access/access-token.js';
import {
  demoClientKey,
  demoPatientId,
  ensureDemoAccounts,
  findAccount,
  listAccounts,
} from '../../../src/access/accounts.js';
import { createAuthenticator } from '../../../src/access/authenticate.js';
import type { KeySet } from '../../../src/access/key-set.js';
import { roleClaimsOf } from '../../../src/access/role-profile.js';
import { loadSigningKeys } from '../../../src/access/signing-keys.js';
import { openTestStore, organizationOf, resolveFacility, SECRETS, type TestStore } from './access-fixture.js';

const issuer = 'http://127.0.0.1:8080';
const audience = `${issuer}/fhir`;
const refused = { code: 'token-invalid', status: 401 };
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_010));

let opened: TestStore;
let keys: KeySet;
beforeAll(async () => {
  opened = await openTestStore('accounts');
});
afterAll(() => opened.close());

describe('starting', () => {
  it('two processes at once end with one key set and one client key each', async () => {
    const [first, second] = await Promise.all([
      loadSigningKeys(opened.store, SECRETS),
      loadSigningKeys(opened.store, SECRETS),
    ]);
    expect(second.accessToken.kid).toBe(first.accessToken.kid);
    expect(second.privateJwks).toEqual(first.privateJwks);
    keys = first;
    await Promise.all([
      ensureDemoAccounts(opened.store, resolveFacility),
      ensureDemoAccounts(opened.store, resolveFacility),
    ]);
    const key = await demoClientKey(opened.store, 'system.uaps1');
    const account = await findAccount(opened.store, 'system.uaps1');
    expect(account?.publicKeys).toEqual([
      expect.objectContaining({ x: key?.x, y: key?.y, kid: key?.kid, alg: 'ES384' }),
    ]);
    expect(account?.publicKeys[0]).not.toHaveProperty('d');
  });

  it('again changes no key and enables nobody', async () => {
    const before = await demoClientKey(opened.store, 'system.cis2');
    const accounts = opened.store.support<{ _id: string }>('accounts');
    await accounts.updateOne({ _id: 'system.cis2' }, { $set: { enabled: false, displayName: 'x' } });
    await ensureDemoAccounts(opened.store, resolveFacility);
    expect(await demoClientKey(opened.store, 'system.cis2')).toEqual(before);
    expect(await findAccount(opened.store, 'system.cis2')).toMatchObject({
      enabled: false,
      displayName: 'Sistema de CIS 2 (demostración)',
    });
  });

  it('stops at an alias that no facility has', async () => {
    await expect(
      ensureDemoAccounts(opened.store, (alias) => (alias === 'hosp3' ? undefined : resolveFacility(alias))),
    ).rejects.toThrow(/hosp3/);
  });
});

describe('accounts', () => {
  it('are listed by name, without private keys', async () => {
    const list = await listAccounts(opened.store);
    expect(list.map(({ name }) => name)).toEqual(list.map(({ name }) => name).sort());
    expect(list.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'conformance',
        'clinician.uaps1',
        'uau.hosp1',
        'manager.red1',
        'patient.1',
        'system.hosp4',
        'system.uaps4',
      ]),
    );
    expect(JSON.stringify(list)).not.toMatch(/"d":|demoKey/);
  });

  it('of a manager see the facilities of the network, all others their own', async () => {
    expect(await findAccount(opened.store, 'manager.red1')).toMatchObject({
      facility: organizationOf('red1'),
      facilities: [organizationOf('uaps1'), organizationOf('hosp1')],
    });
    expect(await findAccount(opened.store, 'uau.hosp2')).toMatchObject({ facilities: [organizationOf('hosp2')] });
    expect(await findAccount(opened.store, 'national')).toMatchObject({ facilities: [] });
    expect(await findAccount(opened.store, 'patient.1')).toMatchObject({ patient: demoPatientId('patient.1') });
  });

  it('of people have no client key', async () => {
    expect(await demoClientKey(opened.store, 'clinician.uaps1')).toBeUndefined();
  });
});

describe('a caller', () => {
  const change = async (update: object): Promise<void> => {
    await opened.store.support<{ _id: string }>('accounts').updateOne({ _id: 'clinician.uaps1' }, update);
  };
  const tokenFor = async (name: string, changes: Partial<AccessTokenContent> = {}): Promise<string> => {
    const account = await findAccount(opened.store, name);
    if (!account) throw new Error(`no account ${name}`);
    const content = {
      iss: issuer,
      aud: audience,
      sub: name,
      client_id: name,
      scope: 'user/*.cruds',
      jti: 'j',
      ...roleClaimsOf(account),
    };
    return `Bearer ${signAccessToken(keys, { ...content, ...changes }, 300)}`;
  };
  const authenticator = (production = false): ReturnType<typeof createAuthenticator> =>
    createAuthenticator({ store: opened.store, keys, issuer, audience, production });

  afterEach(() =>
    change({
      $set: { enabled: true, role: 'clinician', facility: organizationOf('uaps1') },
      $unset: { validAfter: 1 },
    }),
  );

  it('is the account behind the token', async () => {
    expect(await authenticator()(await tokenFor('clinician.uaps1'))).toEqual({
      sub: 'clinician.uaps1',
      clientId: 'clinician.uaps1',
      role: 'clinician',
      actsAs: ['clinician'],
      facility: organizationOf('uaps1'),
      facilities: [organizationOf('uaps1')],
      practitionerRole: expect.any(String),
      scope: 'user/*.cruds',
      purpose: 'TREAT',
      displayName: 'Médico general, UAPS 1 (demostración)',
    });
  });

  it.each([[undefined], ['']])('without a header (%j) is asked to sign in', async (header) => {
    await expect(authenticator()(header)).rejects.toMatchObject({
      code: 'token-missing',
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  });

  it.each(['Basic abc', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'rubbish'])(
    'with %j is refused',
    async (header) => {
      await expect(authenticator()(header)).rejects.toMatchObject({
        ...refused,
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      });
    },
  );

  it.each([
    ['is disabled', () => ({ $set: { enabled: false } })],
    ['moves to another facility', () => ({ $set: { facility: organizationOf('hosp1') } })],
    ['loses its facility', () => ({ $unset: { facility: 1 } })],
    ['changes its role', () => ({ $set: { role: 'nurse' } })],
    ['has all its sessions closed', () => ({ $set: { validAfter: new Date(Date.now() + 5_000) } })],
  ])('whose account %s is refused within a second, in every process', async (_name, update) => {
    const [one, other] = [authenticator(), authenticator()];
    const header = await tokenFor('clinician.uaps1');
    await Promise.all([one(header), other(header)]);
    await change(update());
    await pause();
    await expect(one(header)).rejects.toMatchObject(refused);
    await expect(other(header)).rejects.toMatchObject(refused);
  });

  it('cannot act for more than its account, whatever was signed', async () => {
    const check = authenticator();
    await expect(check(await tokenFor('system.uaps1', { acts_as: ['triage'] }))).rejects.toMatchObject(refused);
    await expect(check(await tokenFor('clinician.uaps1', { role: 'administrator' }))).rejects.toMatchObject(refused);
    await expect(check(await tokenFor('clinician.uaps1', { sub: 'nobody' }))).rejects.toMatchObject(refused);
  });

  it('of a demonstration account does not exist in production', async () => {
    await expect(authenticator(true)(await tokenFor('conformance'))).rejects.toMatchObject(refused);
  });
});
