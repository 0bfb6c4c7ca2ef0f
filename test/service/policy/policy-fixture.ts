import { randomUUID } from 'node:crypto';
import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { signAccessToken } from '../../../src/access/access-token.js';
import { type Account, findAccount } from '../../../src/access/accounts.js';
import type { Role } from '../../../src/access/caller.js';
import { ROLE_PROFILES } from '../../../src/access/role-profile.js';
import type { Answer, TestService } from '../../support/service.js';

/** Code of the first issue of an OperationOutcome. */
export const codeOf = (answer: Answer<unknown>): string | undefined =>
  (answer.body as Partial<OperationOutcome>).issue?.[0]?.details?.coding?.[0]?.code;

/** Status and code of an answer, to be compared at once. */
export const verdict = (answer: Answer<unknown>): [number, string | undefined] => [answer.status, codeOf(answer)];

/** Authorization header of an account with a scope of its own instead of all that its role may have. */
export async function scopedTo(service: TestService, name: string, scope: string): Promise<Record<string, string>> {
  const account = await findAccount(service.context.store, name);
  if (!account) throw new Error(`no account ${name}`);
  const token = signAccessToken(
    service.context.keys,
    {
      sub: name,
      client_id: name,
      scope,
      iss: service.url,
      aud: service.base,
      jti: randomUUID(),
      role: account.role,
      acts_as: account.actsAs,
      ...(account.facility === undefined ? {} : { facility: account.facility }),
      purpose_of_use: ROLE_PROFILES[account.role].purpose,
    },
    600,
  );
  return { authorization: `Bearer ${token}` };
}

/** Adds an account for a role that has none among the demonstration accounts. */
export async function addAccount(
  service: TestService,
  name: string,
  role: Role,
  about: Partial<Account> = {},
): Promise<string> {
  const account = {
    kind: 'person',
    role,
    actsAs: [role],
    displayName: name,
    facilities: [],
    enabled: true,
    demo: true,
  };
  await service.context.store
    .support<{ _id: string }>('accounts')
    .insertOne({ _id: name, ...account, publicKeys: [], ...about } as { _id: string });
  return name;
}

/** Organization id of the assignment of an account. */
export async function facilityOf(service: TestService, name: string): Promise<string> {
  const account = await findAccount(service.context.store, name);
  if (account?.facility === undefined) throw new Error(`account ${name} has no facility`);
  return account.facility;
}

/** Answer of a create that must succeed. */
export async function created<T extends Resource>(
  service: TestService,
  account: string,
  resource: T,
): Promise<T & { id: string }> {
  const answer = await service.call<T & { id: string }>(account, 'POST', resource.resourceType, { body: resource });
  if (answer.status !== 201)
    throw new Error(`${account} POST ${resource.resourceType}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** A Bundle to post to the base. */
export const bundleOf = (type: 'batch' | 'transaction', entry: BundleEntry[]): Bundle => ({
  resourceType: 'Bundle',
  type,
  entry,
});

/** Runs work over many items, a few at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
