import { type AccountLookup, callerFromClaims } from '../../access/authenticate.js';
import { type Caller, isRole } from '../../access/caller.js';
import { ROLE_PROFILES } from '../../access/role-profile.js';
import { grantScopes } from '../../access/scopes.js';
import { isServiceError } from '../../errors.js';
import type { Store } from '../../store/store.js';

/** What the service knows of a Subscription beside the resource. */
export interface Subscriber {
  /** Id of the Subscription. */
  readonly _id: string;
  /** Version of the Subscription that asked for it. */
  readonly vid: number;
  /** Account that asked, and the post it acted in: with its rights the events are delivered. */
  readonly sub: string;
  readonly role: string;
  readonly facility?: string;
  /** Scope of the token with which it asked; its events never reach further. */
  readonly scope?: string;
  /** Its handshake succeeded: events from then on are its own. */
  readonly since?: Date;
  /** Number of the last event. */
  readonly events: number;
}

const MAJORITY = { writeConcern: { w: 'majority' } } as const;

const subscribersOf = (store: Store) => store.support<Subscriber & Record<string, unknown>>('subscribers');

/** The subscriber behind a Subscription; undefined before the service has looked at it. */
export const findSubscriber = async (store: Store, id: string): Promise<Subscriber | undefined> =>
  (await subscribersOf(store).findOne({ _id: id })) ?? undefined;

/**
 * Remembers who asked for this version: the audit record of the write says so, and cannot be changed. Events of an earlier
 * version keep their count.
 */
export async function rememberSubscriber(store: Store, id: string, vid: number): Promise<boolean> {
  const [record] = await store.findAudits(
    { ent: `Subscription/${id}/_history/${vid}`, act: { $in: ['C', 'U'] } },
    { limit: 1 },
  );
  if (!record) return false;
  const { who: sub, rol: role, fac, det } = record;
  const scope = det?.['scope'] ?? '';
  await subscribersOf(store)
    .updateOne(
      { _id: id, $or: [{ vid: { $lt: vid } }, { vid: { $exists: false } }] },
      {
        $set: { vid, sub, role, scope, ...(fac === undefined ? {} : { facility: fac }) },
        $unset: { since: '', ...(fac === undefined ? { facility: '' } : {}) },
        $setOnInsert: { events: 0 },
      },
      { upsert: true, ...MAJORITY },
    )
    .catch((error: unknown) => {
      // A later version is remembered already.
      if ((error as { code?: unknown }).code !== 11000) throw error;
    });
  return true;
}

/** The handshake of a version succeeded. */
export async function subscriberActive(store: Store, id: string, vid: number, since: Date): Promise<void> {
  await subscribersOf(store).updateOne({ _id: id, vid, since: { $exists: false } }, { $set: { since } }, MAJORITY);
}

/** An event has this number. */
export async function countEvent(store: Store, id: string, number: number): Promise<void> {
  await subscribersOf(store).updateOne({ _id: id }, { $max: { events: number } }, MAJORITY);
}

/**
 * The subscriber with the rights of now: the account as it is, in the post in which it asked, and of what its token
 * allowed then what the role may do now.
 * Undefined when the account is gone or disabled, or the post has ended.
 * @throws ServiceError 503 when the accounts cannot be read
 */
export async function subscriberCaller(lookup: AccountLookup, subscriber: Subscriber): Promise<Caller | undefined> {
  const { sub, role, facility } = subscriber;
  if (!isRole(role)) return undefined;
  const { scope: most, purpose } = ROLE_PROFILES[role];
  const scope = grantScopes(subscriber.scope ?? most, most);
  const claims = {
    sub,
    client_id: sub,
    scope,
    role,
    acts_as: [],
    purpose_of_use: purpose,
    iat: Math.ceil(Date.now() / 1_000) + 1,
    ...(facility === undefined ? {} : { facility }),
  };
  try {
    return await callerFromClaims(claims, lookup);
  } catch (error) {
    if (isServiceError(error) && error.status === 401) return undefined;
    throw error;
  }
}
