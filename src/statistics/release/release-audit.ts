import { randomUUID } from 'node:crypto';
import { type Account, findAccount } from '../../access/accounts.js';
import type { Role } from '../../access/caller.js';
import { fault } from '../../errors.js';
import type { Store } from '../../store/store.js';
import type { ReleaseDocument } from './release-documents.js';

export type ReleaseStep = 'build' | 'approve' | 'publish';

/** The account behind a step. Throws ServiceError 404 when it is unknown or disabled, 403 when its role is another. */
export async function actor(store: Store, name: string, role: Role, step: ReleaseStep): Promise<Account> {
  const account = await findAccount(store, name);
  if (!account?.enabled) throw fault('not-found', { type: 'account', id: name });
  if (account.role !== role)
    throw fault('role-forbidden', { role: account.role, interaction: step, type: 'statistics' });
  return account;
}

/** Writes the audit record of a step; must have succeeded before the step counts. */
export const recordStep = (
  store: Store,
  account: Pick<Account, 'name' | 'role'>,
  step: ReleaseStep,
  { month, version, state, report }: Pick<ReleaseDocument, 'month' | 'version' | 'state' | 'report'>,
): Promise<void> =>
  store.auditor.record({
    act: 'E',
    sub: `statistics-${step}`,
    out: report.ok ? '0' : '4',
    who: account.name,
    rol: account.role,
    cli: 'cli',
    pt: [],
    ent: [],
    req: randomUUID(),
    pou: 'PUBHLTH',
    det: { release: `${month}/v${version}`, state },
  });
