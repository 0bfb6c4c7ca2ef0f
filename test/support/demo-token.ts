import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { signAccessToken } from '../../src/access/access-token.js';
import { readKeySet } from '../../src/access/key-set.js';
import type { Role } from '../../src/access/caller.js';
import { ROLE_PROFILES } from '../../src/access/role-profile.js';

interface AccountRow {
  readonly _id: string;
  readonly role: Role;
  readonly actsAs: readonly Role[];
  readonly facility?: string;
}

/** Access token for a demonstration account of a service in another process, signed with the keys in its database. */
export async function demoToken(db: mongo.Db, account: string, fhirBase: string): Promise<string> {
  const found = await db.collection<AccountRow>('accounts').findOne({ _id: account });
  const stored = await db
    .collection<{ _id: string }>('keys')
    .findOne({ _id: 'signing' }, { projection: { _id: 0, keys: 1 } });
  if (!found || !stored) throw new Error(`no account ${account}`);
  const keys = readKeySet(stored, 'not used for access tokens, 32 bytes');
  return signAccessToken(
    keys,
    {
      iss: fhirBase.replace(/\/fhir$/, ''),
      aud: fhirBase,
      jti: randomUUID(),
      sub: account,
      client_id: account,
      scope: ROLE_PROFILES[found.role].scope,
      role: found.role,
      acts_as: found.actsAs,
      ...(found.facility === undefined ? {} : { facility: found.facility }),
      purpose_of_use: ROLE_PROFILES[found.role].purpose,
    },
    3_600,
  );
}
