import type { mongo } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';

interface StoredLease {
  readonly _id: string;
  readonly owner: string | null;
  /** Server time at which anybody may take it. */
  readonly expires: Date;
  /** Grows with each change of owner. */
  readonly term: number;
}

/** A right to do one thing alone, for a time. */
export interface Lease {
  readonly owner: string;
  /** Number of this holding; a later holder has a higher one. */
  readonly term: number;
  /** Extends it by its full time; false when it has passed to somebody else. */
  renew(): Promise<boolean>;
  /** Gives it back; does nothing when it has already passed on. */
  release(): Promise<void>;
}

const DUPLICATE_KEY = 11000;

/** One atomic step by the server's own clock: the caller gets or extends the lease, or nothing changes. */
async function claim(
  collection: mongo.Collection<StoredLease>,
  _id: string,
  owner: string,
  ttlMs: number,
): Promise<StoredLease | null> {
  const until = { $add: ['$$NOW', ttlMs] };
  const own = { $eq: ['$owner', owner] };
  const free = { $or: [{ $eq: [{ $ifNull: ['$owner', null] }, null] }, { $lte: ['$expires', '$$NOW'] }] };
  const pick = (mine: unknown, taken: unknown, other: unknown): object => ({
    $switch: {
      branches: [
        { case: own, then: mine },
        { case: free, then: taken },
      ],
      default: other,
    },
  });
  const step = {
    owner: pick('$owner', owner, '$owner'),
    expires: pick(until, until, '$expires'),
    term: pick('$term', { $add: [{ $ifNull: ['$term', 0] }, 1] }, '$term'),
  };
  const options = { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority' } } as const;
  return collection.findOneAndUpdate({ _id }, [{ $set: step }], options);
}

/**
 * Tries once to take the lease `name` for `ttlMs`. Time is the database server's ($$NOW), so clocks of the
 * processes do not matter. Kept in `locks` as `lease:<name>`.
 * Returns undefined while somebody else holds it.
 */
export async function acquireLease(db: mongo.Db, name: string, ttlMs: number): Promise<Lease | undefined> {
  const collection = db.collection<StoredLease>('locks');
  const _id = `lease:${name}`;
  const owner = v7();
  const held = await claim(collection, _id, owner, ttlMs).catch((error: unknown) => {
    // Two first takers at once: the other one has just created the document.
    if ((error as { code?: unknown }).code === DUPLICATE_KEY) return null;
    throw error;
  });
  if (held?.owner !== owner) return undefined;
  const { term } = held;
  const mine = { _id, owner, term };
  return {
    owner,
    term,
    async renew() {
      const result = await collection.updateOne(mine, [{ $set: { expires: { $add: ['$$NOW', ttlMs] } } }], {
        writeConcern: { w: 'majority' },
      });
      return result.matchedCount === 1;
    },
    async release() {
      await collection.updateOne(mine, { $set: { owner: null } }, { writeConcern: { w: 'majority' } });
    },
  };
}

/** Does the work while the lease is renewed three times per `ttlMs`, then gives it back; `lost` aborts when it has passed on. */
async function holding<T>(
  held: Lease,
  name: string,
  ttlMs: number,
  work: (lost: AbortSignal, term: number) => Promise<T>,
): Promise<T> {
  let renewedAt = performance.now();
  const lost = new AbortController();
  const timer = setInterval(() => {
    const asked = performance.now();
    held.renew().then(
      (still) => {
        if (still) renewedAt = asked;
        else lost.abort(new Error(`lease ${name} has passed to another process`));
      },
      () => {
        // The database does not answer: after a full term without renewal another process may have it.
        if (performance.now() - renewedAt > ttlMs) lost.abort(new Error(`lease ${name} could not be renewed`));
      },
    );
  }, ttlMs / 3);
  try {
    return await work(lost.signal, held.term);
  } finally {
    clearInterval(timer);
    await held.release().catch(() => undefined);
  }
}

/** A result of work that was done alone. */
export interface DoneAlone<T> {
  readonly result: T;
}

/**
 * Does the work when nobody else is doing it, under a lease like `withLease`; does nothing and returns undefined when somebody is.
 * Throws what the work throws.
 */
export async function ifLeaseFree<T>(
  db: mongo.Db,
  name: string,
  ttlMs: number,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<DoneAlone<T> | undefined> {
  const lease = await acquireLease(db, name, ttlMs);
  return lease && { result: await holding(lease, name, ttlMs, work) };
}

export interface LeaseOptions {
  /** Time after which the lease of a dead holder is free, ms. */
  readonly ttlMs: number;
  /** Pause between two tries, ms. */
  readonly retryMs?: number;
  /** Called once when somebody else holds it. */
  readonly onWait?: () => void;
  /** Ends the wait for it. */
  readonly signal?: AbortSignal;
}

/**
 * Waits for the lease, does the work, gives the lease back. It is renewed three times per `ttlMs` meanwhile;
 * when it is lost all the same (this process was paused for too long), `lost` aborts and the work must stop.
 * The work also gets the number of this holding (`Lease.term`), by which what it writes can be fenced.
 * Throws what the work throws; the signal's reason when it aborts before the lease is there.
 */
export async function withLease<T>(
  db: mongo.Db,
  name: string,
  options: LeaseOptions,
  work: (lost: AbortSignal, term: number) => Promise<T>,
): Promise<T> {
  const { ttlMs, retryMs = 200, onWait, signal } = options;
  let lease = await acquireLease(db, name, ttlMs);
  if (!lease) onWait?.();
  while (!lease) {
    await sleep(retryMs, undefined, signal ? { signal } : {});
    lease = await acquireLease(db, name, ttlMs);
  }
  return holding(lease, name, ttlMs, work);
}
