import type { AuditRecord } from '../store/audit-record.js';
import type { Store } from '../store/store.js';
import type { AccountDocument } from './accounts.js';

/**
 * Names of those who acted in these records, by account. A system that acted for a person has none: that person's name
 * belongs there, which the record gives as PractitionerRole.
 */
export async function actorNames(
  store: Pick<Store, 'support'>,
  records: readonly Pick<AuditRecord, 'who' | 'for'>[],
): Promise<(record: Pick<AuditRecord, 'who' | 'for'>) => string | undefined> {
  const names = [...new Set(records.map(({ who }) => who))];
  const found = await store
    .support<AccountDocument>('accounts')
    .find({ _id: { $in: names } }, { projection: { displayName: 1, kind: 1 }, maxTimeMS: 2_000 })
    .toArray();
  const accounts = new Map(found.map((account) => [account._id, account]));
  return (record) => {
    const account = accounts.get(record.who);
    return account?.kind === 'person' || record.for === undefined ? account?.displayName : undefined;
  };
}
