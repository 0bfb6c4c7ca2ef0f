import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdapterFactory } from 'oidc-provider';
import { loadOidcProvider } from '../../../src/access/load-oidc-provider.js';
import { createOidcAdapter } from '../../../src/access/oidc-adapter.js';
import { openTestStore, type TestStore } from './access-fixture.js';

let opened: TestStore;
let adapterOf: AdapterFactory;
beforeAll(async () => {
  opened = await openTestStore('oidc-adapter');
  const { errors } = await loadOidcProvider();
  adapterOf = createOidcAdapter({
    store: opened.store,
    errors,
    findClient: (id) => Promise.resolve(id === 'known' ? { client_id: 'known' } : undefined),
  });
});
afterAll(() => opened.close());

const outcomes = async (work: () => Promise<unknown>): Promise<string[]> => {
  const settled = await Promise.allSettled(Array.from({ length: 10 }, work));
  return settled.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { error: string }).error)).sort();
};

describe('the storage of the authorization server', () => {
  it('gives back payloads with any keys', async () => {
    const grants = adapterOf('Grant');
    const payload = { jti: 'g', accountId: 'a', resources: { 'https://x.example/fhir': 'user/*.rs', $odd: 'y' } };
    await grants.upsert('g', payload, 60);
    expect(await grants.find('g')).toEqual(payload);
    await grants.upsert('g', { ...payload, accountId: 'b' }, 60);
    expect(await grants.find('g')).toMatchObject({ accountId: 'b' });
    await grants.destroy('g');
    expect(await grants.find('g')).toBeUndefined();
  });

  it('lets one of ten parallel uses of a refresh token through', async () => {
    const tokens = adapterOf('RefreshToken');
    await tokens.upsert('r', { jti: 'r', grantId: 'family' }, 60);
    expect(await outcomes(() => Promise.resolve(tokens.consume('r')))).toEqual([
      'done',
      ...Array.from({ length: 9 }, () => 'invalid_grant'),
    ]);
    expect(await tokens.find('r')).toMatchObject({ jti: 'r', consumed: expect.any(Number) });
  });

  it('lets one of ten parallel uses of a client assertion through', async () => {
    const used = adapterOf('ReplayDetection');
    expect(await outcomes(() => Promise.resolve(used.upsert('jti', { iss: 'x' }, 60)))).toEqual([
      'done',
      ...Array.from({ length: 9 }, () => 'invalid_client'),
    ]);
  });

  it('does not find what is past its end, although the database has it still', async () => {
    const codes = adapterOf('AuthorizationCode');
    await codes.upsert('c', { jti: 'c' }, 1);
    expect(await codes.find('c')).toMatchObject({ jti: 'c' });
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    expect(await codes.find('c')).toBeUndefined();
  });

  it('keeps models apart, finds sessions by uid and device codes by user code', async () => {
    await adapterOf('Session').upsert('s', { jti: 's', uid: 'u' }, 60);
    await adapterOf('DeviceCode').upsert('s', { jti: 'other', userCode: 'ABCD' }, 60);
    expect(await adapterOf('Session').findByUid('u')).toMatchObject({ jti: 's' });
    expect(await adapterOf('Interaction').findByUid('u')).toBeUndefined();
    expect(await adapterOf('DeviceCode').findByUserCode('ABCD')).toMatchObject({ jti: 'other' });
    expect(await adapterOf('Session').findByUserCode('ABCD')).toBeUndefined();
  });

  it('revokes all that belongs to a grant', async () => {
    await adapterOf('AccessToken').upsert('a1', { jti: 'a1', grantId: 'gone' }, 60);
    await adapterOf('RefreshToken').upsert('r1', { jti: 'r1', grantId: 'gone' }, 60);
    await adapterOf('RefreshToken').upsert('r2', { jti: 'r2', grantId: 'stays' }, 60);
    await adapterOf('RefreshToken').revokeByGrantId('gone');
    expect(await adapterOf('AccessToken').find('a1')).toBeUndefined();
    expect(await adapterOf('RefreshToken').find('r1')).toBeUndefined();
    expect(await adapterOf('RefreshToken').find('r2')).toMatchObject({ jti: 'r2' });
  });

  it('takes clients from the accounts', async () => {
    expect(await adapterOf('Client').find('known')).toEqual({ client_id: 'known' });
    expect(await adapterOf('Client').find('unknown')).toBeUndefined();
  });
});
