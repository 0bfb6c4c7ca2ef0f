import { createHash, randomBytes } from 'node:crypto';
import { isServiceError, unavailable } from '../errors.js';
import type { Store } from '../store/store.js';
import { type AccountLookup, callerFromClaims, type HeldClaims } from './authenticate.js';
import type { Caller, Role } from './caller.js';

/** A session ends after this long without a request, and this long after sign-in whatever happens, ms (docs/adr/0010). */
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_LONGEST_MS = 12 * 3_600_000;
/** The last request is noted at most this often, so that reading pages does not write to the database each time. */
const NOTE_MS = 60_000;

/** What the authorization code flow gave: the claims of the access token, without its time stamps and random id. */
export type SessionClaims = Omit<HeldClaims, 'iat' | 'acts_as'> & { readonly acts_as: readonly Role[] };

interface SessionDocument {
  /** SHA-256 of the token in the cookie: whoever reads the database cannot take over a session. */
  readonly _id: string;
  readonly account: string;
  readonly claims: SessionClaims;
  /** Name of the facility in use, for the head of the pages. */
  readonly place?: string;
  readonly started: Date;
  readonly seen: Date;
  /** Idle or absolute end, whichever is first; the TTL index removes it afterwards. */
  readonly expiresAt: Date;
}

/** A living session. */
export interface Session {
  readonly caller: Caller;
  readonly claims: SessionClaims;
  readonly place?: string;
  readonly started: Date;
}

export interface OpenSession {
  readonly claims: SessionClaims;
  readonly place?: string;
  /** Start of the session that this one continues (change of post): the absolute end stays. */
  readonly started?: Date;
}

export interface Sessions {
  /** Starts a session; the result is the token for the cookie (256 random bits, base64url), kept nowhere else. */
  open(session: OpenSession): Promise<string>;
  /**
   * The session behind a token; undefined when there is none, when it ended, or when the account, its post or its rights
   * changed since (seen within a second, as for access tokens).
   * @throws ServiceError 503 when the store cannot be read
   */
  find(token: string): Promise<Session | undefined>;
  /** Ends one session; nothing happens when it has ended. */
  close(token: string): Promise<void>;
  /** Ends all sessions of an account. */
  closeAll(account: string): Promise<void>;
}

const idOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
const majority = { writeConcern: { w: 'majority' as const } };

/** End of a session that was seen just now: idle or absolute, whichever comes first. */
export const sessionEnd = (started: Date, seen: Date): Date =>
  new Date(Math.min(seen.getTime() + SESSION_IDLE_MS, started.getTime() + SESSION_LONGEST_MS));

/** Sessions of people in a browser, in the support collection `sessions`. */
export function createSessions(store: Store, lookup: AccountLookup, now: () => Date = () => new Date()): Sessions {
  const collection = store.support<SessionDocument>('sessions');
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      throw unavailable(5, cause);
    }
  };

  return {
    async open({ claims, place, started = now() }) {
      const token = randomBytes(32).toString('base64url');
      const seen = now();
      const document: SessionDocument = {
        _id: idOf(token),
        account: claims.sub,
        claims,
        ...(place === undefined ? {} : { place }),
        started,
        seen,
        expiresAt: sessionEnd(started, seen),
      };
      await guarded(collection.insertOne(document, majority));
      return token;
    },

    async find(token) {
      const _id = idOf(token);
      const time = now();
      const found = await guarded(collection.findOne({ _id }, { maxTimeMS: 2_000 }));
      // The TTL index removes up to a minute late.
      if (!found || found.expiresAt <= time) return undefined;
      try {
        const iat = found.started.getTime() / 1_000;
        const caller = await callerFromClaims({ ...found.claims, iat }, lookup);
        if (time.getTime() - found.seen.getTime() >= NOTE_MS)
          await guarded(
            collection.updateOne({ _id }, { $set: { seen: time, expiresAt: sessionEnd(found.started, time) } }),
          );
        const { claims, place, started } = found;
        return { caller, claims, started, ...(place === undefined ? {} : { place }) };
      } catch (error) {
        if (!isServiceError(error) || error.status !== 401) throw error;
        await guarded(collection.deleteOne({ _id }, majority));
        return undefined;
      }
    },

    async close(token) {
      await guarded(collection.deleteOne({ _id: idOf(token) }, majority));
    },
    async closeAll(account) {
      await guarded(collection.deleteMany({ account }, majority));
    },
  };
}
