import type { mongo } from 'mongoose';
import { askAgain, isTaken, MAJORITY } from './ask-again.js';
import { awaitMatch, checkAbsence, ConditionUnsettled } from './check-absence.js';
import type { StoredResource } from './envelope.js';
import { keyHash } from './ids.js';
import { purgeVersions } from './purge-versions.js';
import type { StampedPlan } from './stamped-plan.js';
import { isTransient, runTransaction } from './transaction.js';
import { conflict, insertAll, writeAudit, writeResources, writeSupport } from './write-documents.js';
import { type Claim, type ClaimNotes, ClaimTaken, VersionConflict } from './write-plan.js';

/** A claim as stored: `_id` is the hash of kind and value. */
export interface StoredClaim extends ClaimNotes {
  readonly _id: string;
  readonly k: string;
  readonly ref: string;
  readonly own?: string;
}

/** Another transaction holds a claim that this one wants; who wins is known when that one ends. */
class ClaimContended extends Error {
  override readonly name = 'ClaimContended';
}

async function takeClaims(db: mongo.Db, session: mongo.ClientSession, plans: readonly StampedPlan[]): Promise<void> {
  const claims = db.collection<StoredClaim>('claims');
  const releases = plans.flatMap(({ plan }) => plan.releases ?? []);
  if (releases.length > 0)
    await claims.deleteMany(
      { $or: releases.map(({ kind, value, ref }) => ({ _id: keyHash(kind, value), ref })) },
      { session },
    );
  const wanted = plans.flatMap(({ plan }) => plan.claims ?? []);
  if (wanted.length === 0) return;
  try {
    await insertAll(db, 'claims', wanted.map(toStoredClaim), session);
  } catch (error) {
    // Not transient for us: retrying the whole transaction in a burst is several times slower than asking who won.
    if (isTaken(error)) throw new ClaimContended();
    throw error;
  }
}

/** Stored form of a claim. */
export const toStoredClaim = ({ kind, value, ref, own, notes }: Claim): StoredClaim => ({
  _id: keyHash(kind, value),
  k: kind,
  ref,
  ...(own === undefined ? {} : { own }),
  ...notes,
});

async function holdGuards(db: mongo.Db, session: mongo.ClientSession, plans: readonly StampedPlan[]): Promise<void> {
  for (const { type, id, vid } of plans.flatMap(({ plan }) => plan.guards ?? [])) {
    // A write, not a read: snapshot isolation would let two opposite decisions both pass (write skew).
    const { matchedCount } = await db
      .collection<StoredResource & { g?: number }>(type)
      .updateOne({ _id: id, vid }, { $inc: { g: 1 } }, { session });
    if (matchedCount === 0) throw await conflict(db, session, type, id);
  }
}

/** Waits until the transaction that holds a wanted claim has ended, and says who holds it. */
async function awaitHolder(db: mongo.Db, wanted: readonly Claim[], deadline: number): Promise<Claim | undefined> {
  const claims = db.collection<StoredClaim>('claims');
  const byId = new Map(wanted.map((claim) => [keyHash(claim.kind, claim.value), claim]));
  return askAgain(deadline, async () => {
    const holder = await claims.findOne({ _id: { $in: [...byId.keys()] } }, MAJORITY);
    const claim = holder ? byId.get(holder._id) : undefined;
    if (!holder || !claim) return undefined;
    return { ...claim, ref: holder.ref, ...(holder.own === undefined ? {} : { own: holder.own }) };
  });
}

/** All statements of plans, in this order: conditions under their locks, claims, guards, current versions, history, purges, support rows, audit. */
async function carryOut(db: mongo.Db, session: mongo.ClientSession, plans: readonly StampedPlan[]): Promise<void> {
  await checkAbsence(
    db,
    session,
    plans.flatMap(({ plan }) => plan.absent ?? []),
  );
  await takeClaims(db, session, plans);
  await holdGuards(db, session, plans);
  await writeResources(db, session, plans);
  await purgeVersions(db, session, plans);
  await writeSupport(db, session, plans);
  await writeAudit(db, session, plans);
}

/**
 * Carries out a write plan with its audit records in one transaction (design.md 3.4).
 * Throws VersionConflict, ClaimTaken, ConditionMatched, or ServiceError 503 when the deadline passes.
 */
export async function executePlan(client: mongo.MongoClient, db: mongo.Db, stamped: StampedPlan): Promise<void> {
  const { plan, deadline } = stamped;
  for (;;) {
    try {
      await runTransaction(client, { deadlineMs: deadline - performance.now() }, (session) =>
        carryOut(db, session, [stamped]),
      );
      return;
    } catch (error) {
      if (error instanceof ConditionUnsettled) {
        const matched = await awaitMatch(db, error.condition, deadline);
        if (matched) throw matched;
      } else if (error instanceof ClaimContended) {
        const taken = await awaitHolder(db, plan.claims ?? [], deadline);
        if (taken) throw new ClaimTaken(taken);
      } else throw error;
    }
  }
}

/**
 * Carries out several plans in one transaction, all or none of them.
 * @returns false when the transaction was given up before it committed, whatever the reason: nothing of it is written, and
 *   each plan is to be carried out by itself, which tells what is wrong with which
 * @throws VersionConflict of a single plan; the error of a commit whose outcome is open: nothing may be tried again
 */
export async function executeTogether(
  client: mongo.MongoClient,
  db: mongo.Db,
  plans: readonly StampedPlan[],
): Promise<boolean> {
  const deadline = Math.min(...plans.map((stamped) => stamped.deadline));
  /** True once every statement has been carried out: what fails then is the commit. */
  const body = { isComplete: false };
  try {
    await runTransaction(client, { deadlineMs: deadline - performance.now(), once: true }, async (session) => {
      await carryOut(db, session, plans);
      body.isComplete = true;
    });
    return true;
  } catch (error) {
    const isOpen = body.isComplete && !isTransient(error);
    if (isOpen || (plans.length === 1 && error instanceof VersionConflict)) throw error;
    return false;
  }
}
