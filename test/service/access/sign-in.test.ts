import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { savePasswordHash } from '../../../src/access/accounts.js';
import { createAccountLookup } from '../../../src/access/authenticate.js';
import { DEMO_PASSWORD } from '../../../src/access/demo-password.js';
import { hashPassword } from '../../../src/access/password-hash.js';
import { createSessions } from '../../../src/access/sessions.js';
import { createSignIn, type SignIn } from '../../../src/access/sign-in.js';
import { openTestStore, type TestStore } from './access-fixture.js';

const GOOD = 'cuatro palabras sin orden';
let opened: TestStore;

const signIn = (production: boolean): SignIn => {
  const { store, auditor } = opened;
  const lookup = createAccountLookup(store, { production });
  return createSignIn({ store, auditor, lookup, sessions: createSessions(store, lookup), production });
};
const person = async (name: string, demo: boolean, password: string): Promise<void> => {
  const account = { kind: 'person', role: 'clinician', actsAs: ['clinician'], displayName: name, facilities: [] };
  await opened.store
    .support<{ _id: string }>('accounts')
    .insertOne({ _id: name, ...account, enabled: true, demo, publicKeys: [] } as never);
  await savePasswordHash(opened.store, name, await hashPassword(password));
};
const attempt = (name: string, password: string, ip = '192.0.2.1') => ({ name, password, ip, requestId: 'r' });

beforeAll(async () => {
  opened = await openTestStore('sign-in-access');
  await person('ana', false, GOOD);
  await person('careless', false, DEMO_PASSWORD);
  await person('demo.person', true, DEMO_PASSWORD);
});
afterAll(() => opened.close());

describe('in production', () => {
  it('the demonstration password opens nothing, and demonstration people do not exist', async () => {
    expect(await signIn(true).check(attempt('ana', GOOD))).toMatchObject({ account: { name: 'ana' } });
    expect(await signIn(true).check(attempt('careless', DEMO_PASSWORD))).toEqual({ refused: 'wrong' });
    expect(await signIn(true).check(attempt('demo.person', DEMO_PASSWORD))).toEqual({ refused: 'wrong' });
    expect(await signIn(false).check(attempt('demo.person', DEMO_PASSWORD))).toHaveProperty('account');
  });
});

describe('without audit', () => {
  it('nobody signs in', async () => {
    opened.auditor.broken = true;
    await expect(signIn(false).check(attempt('ana', GOOD))).rejects.toThrow();
    opened.auditor.broken = false;
  });
});

describe('guessing', () => {
  it('at one account from many addresses slows down for all of them, a minute at most', async () => {
    const door = signIn(false);
    const results = [];
    for (let at = 0; at < 55; at += 1)
      results.push(await door.check(attempt('ana', `guess ${at}`, `198.51.100.${at}`)));
    const waits = results.flatMap((result) => ('seconds' in result ? [result.seconds] : []));
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
    await opened.store.support<{ _id: string }>('attempts').updateMany({}, { $set: { heldUntil: new Date(0) } });
    expect(await door.check(attempt('ana', GOOD, '192.0.2.9'))).toHaveProperty('account');
    expect(await door.check(attempt('ana', 'one more guess', '192.0.2.9'))).toEqual({ refused: 'wrong' });
  });

  it('one password at many accounts from one address has to wait', async () => {
    const door = signIn(false);
    const results = [];
    for (let at = 0; at < 55; at += 1)
      results.push(await door.check(attempt(`nobody${at}`, 'Verano2026', '203.0.113.7')));
    expect(results.filter((result) => 'seconds' in result).length).toBeGreaterThan(0);
    expect(results.slice(0, 50).every((result) => 'refused' in result && result.refused === 'wrong')).toBe(true);
  });

  it('leaves no name in the audit that is none', () => {
    expect(opened.auditor.records.filter(({ who }) => who.startsWith('nobody'))).toEqual([]);
  });
});
