import { randomUUID } from 'node:crypto';
import { findAccount } from '../access/accounts.js';
import type { Caller, Role } from '../access/caller.js';
import { fault } from '../errors.js';
import type { Store } from '../store/store.js';
import { type Duty, hasDuty } from './duties.js';

/** Somebody who is signed in, with the post in use, and the request in which they act. */
export interface SignedInPerson {
  readonly caller: Pick<Caller, 'sub' | 'role' | 'clientId'>;
  readonly requestId: string;
  readonly ip?: string;
}

/** Who acts: the name of an account (command line), or somebody who is signed in. */
export type Person = string | SignedInPerson;

/** Who does a piece of work with the statistics, as the audit names them. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
  /** OAuth client, or `cli`. */
  readonly client: string;
  readonly request: string;
  readonly ip?: string;
}

async function identify(store: Store, person: Person): Promise<Actor> {
  if (typeof person !== 'string') {
    const { caller, requestId, ip } = person;
    const { sub: name, role, clientId: client } = caller;
    return { name, role, client, request: requestId, ...(ip === undefined ? {} : { ip }) };
  }
  const account = await findAccount(store, person);
  if (!account?.enabled) throw fault('not-found', { type: 'account', id: person });
  return { name: account.name, role: account.role, client: 'cli', request: randomUUID() };
}

/**
 * The person behind a piece of work.
 * @throws ServiceError 404 when the account is unknown or disabled, 403 when the role has not this duty
 */
export async function actorFor(store: Store, person: Person, duty: Duty): Promise<Actor> {
  const actor = await identify(store, person);
  if (!hasDuty(actor.role, duty))
    throw fault('role-forbidden', { role: actor.role, interaction: duty, type: 'statistics' });
  return actor;
}

/** What is recorded of a piece of work. */
export interface RecordedWork {
  readonly act: 'R' | 'E';
  /** `statistics-build`, `statistics-answer`, ... */
  readonly sub: string;
  /** False when a rule refused it. */
  readonly ok: boolean;
  readonly det: Readonly<Record<string, string>>;
}

/** Writes the audit record of a piece of work; must have succeeded before the work counts. */
export const recordWork = (store: Store, actor: Actor, { act, sub, ok, det }: RecordedWork): Promise<void> =>
  store.auditor.record({
    act,
    sub,
    out: ok ? '0' : '4',
    who: actor.name,
    rol: actor.role,
    cli: actor.client,
    pt: [],
    ent: [],
    req: actor.request,
    ...(actor.ip === undefined ? {} : { ip: actor.ip }),
    pou: 'PUBHLTH',
    det,
  });
