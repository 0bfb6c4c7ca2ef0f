import { describe, expect, it } from 'vitest';
import type { Account } from '../../access/accounts.js';
import type { Caller } from '../../access/caller.js';
import { unavailable } from '../../errors.js';
import { currentRights } from './current-rights.js';

const asked: Caller = {
  sub: 'manager.x',
  clientId: 'pages',
  role: 'manager',
  actsAs: ['manager'],
  facilities: ['h1', 'h2'],
  facility: 'h1',
  scope: 'user/*.rs',
  purpose: 'TREAT',
  displayName: 'X',
};
const account = {
  name: 'manager.x',
  kind: 'person',
  role: 'manager',
  actsAs: ['manager'],
  displayName: 'X',
  facility: 'h1',
  facilities: ['h1', 'h2'],
  enabled: true,
} as unknown as Account;
const job = { at: new Date('2026-05-03T10:00:00Z'), kind: 'export' } as const;

const ask = (about: Partial<Account> | undefined): Promise<Caller> =>
  currentRights(() => Promise.resolve(about && { ...account, ...about }))(job, asked);

describe('currentRights', () => {
  it('are those of today', async () => {
    expect(await ask({})).toEqual(asked);
    expect(await ask({ facilities: ['h1'] })).toEqual({ ...asked, facilities: ['h1'] });
    expect(await ask({ validAfter: new Date('2026-05-03T09:59:59Z') })).toEqual(asked);
  });

  it.each<[string, Partial<Account> | undefined]>([
    ['the account', undefined],
    ['its permission', { enabled: false }],
    ['the role', { role: 'clinician', actsAs: ['clinician'] }],
    ['the post', { facility: 'h2' }],
    ['the days of the post', { assignments: [{ role: 'manager', facility: 'h1', facilities: [], to: '2026-05-02' }] }],
    ['all sessions', { validAfter: new Date('2026-05-03T10:00:01Z') }],
  ])('end with %s', async (_title, about) => {
    await expect(ask(about)).rejects.toMatchObject({ status: 403, code: 'role-forbidden' });
  });

  it('are not taken for ended while the accounts cannot be read', async () => {
    const lookup = (): Promise<never> => Promise.reject(unavailable(2));
    await expect(currentRights(lookup)(job, asked)).rejects.toMatchObject({ status: 503 });
  });
});
