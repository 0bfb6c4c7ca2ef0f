import type { mongo } from 'mongoose';
import { fault, unavailable } from '../errors.js';
import { askAgain, isTaken, MAJORITY } from './ask-again.js';
import type { AuditRecord } from './audit-record.js';
import { awaitMatch, checkAbsence, ConditionUnsettled } from './check-absence.js';
import type { HistoryEntry, StoredResource } from './envelope.js';
import { toHistory } from './history-entry.js';
import { keyHash } from './ids.js';
import { patientUpdate, relationUpdate } from './patient-relations.js';
import { runTransaction } from './transaction.js';
import {
  type Claim,
  type ClaimNotes,
  ClaimTaken,
  type ResourceWrite,
  type SupportRow,
  VersionConflict,
  type WritePlan,
} from './write-plan.js';

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

/** The same command for one and for many; for one without the driver's bulk writing, which costs more than the rest of it. */
async function insertAll<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  docs: readonly mongo.OptionalUnlessRequiredId<T>[],
  session: mongo.ClientSession,
): Promise<void> {
  const [first] = docs;
  if (docs.length === 1 && first) await collection.insertOne(first, { session });
  else await collection.insertMany(docs, { session });
}

async function takeClaims(db: mongo.Db, session: mongo.ClientSession, plan: WritePlan): Promise<void> {
  const claims = db.collection<StoredClaim>('claims');
  const releases = plan.releases ?? [];
  if (releases.length > 0)
    await claims.deleteMany(
      { $or: releases.map(({ kind, value, ref }) => ({ _id: keyHash(kind, value), ref })) },
      { session },
    );
  const wanted = plan.claims ?? [];
  if (wanted.length === 0) return;
  try {
    await claims.insertMany(wanted.map(toStoredClaim), { session, ordered: true });
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

async function holdGuards(db: mongo.Db, session: mongo.ClientSession, plan: WritePlan): Promise<void> {
  for (const { type, id, vid } of plan.guards ?? []) {
    // A write, not a read: snapshot isolation would let two opposite decisions both pass (write skew).
    const { matchedCount } = await db
      .collection<StoredResource & { g?: number }>(type)
      .updateOne({ _id: id, vid }, { $inc: { g: 1 } }, { session });
    if (matchedCount === 0) throw await conflict(db, session, type, id);
  }
}

async function conflict(
  db: mongo.Db,
  session: mongo.ClientSession,
  type: string,
  id: string,
): Promise<VersionConflict> {
  const current = await db.collection<StoredResource>(type).findOne({ _id: id }, { session, projection: { vid: 1 } });
  return new VersionConflict(type, id, current?.vid);
}

async function replace(
  db: mongo.Db,
  session: mongo.ClientSession,
  { type, doc, replaces }: ResourceWrite,
): Promise<void> {
  const collection = db.collection<StoredResource>(type);
  const filter = { _id: doc._id, vid: replaces ?? 0 };
  const { matchedCount } =
    type === 'Patient'
      ? await collection.updateOne(filter, patientUpdate(doc), { session })
      : await collection.replaceOne(filter, doc, { session });
  if (matchedCount === 0) throw await conflict(db, session, type, doc._id);
}

async function writeResources(db: mongo.Db, session: mongo.ClientSession, plan: WritePlan): Promise<void> {
  const creates = new Map<string, StoredResource[]>();
  for (const write of plan.writes) {
    if (write.method === 'create') creates.set(write.type, [...(creates.get(write.type) ?? []), write.doc]);
    else await replace(db, session, write);
  }
  for (const [type, docs] of creates) await insertAll(db.collection<StoredResource>(type), docs, session);
  for (const { patient, relation } of plan.relations ?? []) {
    const { matchedCount } = await db
      .collection<StoredResource>('Patient')
      .updateOne({ _id: patient, del: false }, relationUpdate(relation), { session });
    if (matchedCount === 0) throw new VersionConflict('Patient', patient, undefined);
  }
  if (plan.writes.length > 0) {
    const entries = plan.writes.map((write) => toHistory(write, plan.requestId));
    await insertAll(db.collection<HistoryEntry>('history'), entries, session);
  }
}

async function writeSupport(db: mongo.Db, session: mongo.ClientSession, plan: WritePlan): Promise<void> {
  const byCollection = new Map<string, SupportRow['row'][]>();
  for (const { collection, row } of plan.support ?? [])
    byCollection.set(collection, [...(byCollection.get(collection) ?? []), row]);
  for (const [name, rows] of byCollection)
    await db.collection<{ _id: string }>(name).bulkWrite(
      rows.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
      { session, ordered: false },
    );
}

/** Without its audit record nothing is written: a refusal of the database here is 503, whatever its kind (full disk, ...). */
async function writeAudit(db: mongo.Db, session: mongo.ClientSession, records: readonly AuditRecord[]): Promise<void> {
  try {
    await insertAll(db.collection<AuditRecord>('audit'), records, session);
  } catch (error) {
    // The transaction is tried again for these.
    if ((error as { errorLabels?: readonly string[] } | null)?.errorLabels?.includes('TransientTransactionError'))
      throw error;
    throw unavailable(2, error);
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

/**
 * Carries out a write plan with its audit records in one transaction (design.md 3.4).
 * Statements in this order: conditions under their locks, claims, guards, current versions, history, audit.
 * Throws VersionConflict, ClaimTaken, ConditionMatched, or ServiceError 503 when the deadline passes.
 */
export async function executePlan(
  client: mongo.MongoClient,
  db: mongo.Db,
  plan: WritePlan,
  audit: readonly AuditRecord[],
  deadlineMs: number,
): Promise<void> {
  if (audit.length === 0) throw fault('internal', { request: plan.requestId });
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    try {
      await runTransaction(client, { deadlineMs: deadline - performance.now() }, async (session) => {
        await checkAbsence(db, session, plan.absent ?? []);
        await takeClaims(db, session, plan);
        await holdGuards(db, session, plan);
        await writeResources(db, session, plan);
        await writeSupport(db, session, plan);
        await writeAudit(db, session, audit);
      });
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
