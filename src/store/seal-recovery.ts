import type { mongo } from 'mongoose';
import { auditHash } from './audit-hash.js';
import type { AuditRecord } from './audit-record.js';
import { here, type Instance, instancesOf, type Sighting, sightings, type Whereabouts } from './instances.js';
import { decodeEntries, isSealable, type SealEntry } from './seal-entries.js';
import { GENESIS, nextSeal, type Seal, type SealHead, sealsOf, storeSeal } from './seals.js';

export interface RecoveryOptions {
  readonly from?: Whereabouts;
  /** Silence after which a process counts as dead, ms. */
  readonly staleMs?: number;
  readonly report?: (message: string, error: unknown) => void;
}

/** A transaction of a dead process may still commit for 60 s; until then it is looked at again. */
const SETTLED_MS = 90_000;
const MOST_ENTRIES = 1_000;

async function newestSeal(db: mongo.Db, p: string): Promise<Seal | undefined> {
  const [seal] = await sealsOf(db).find({ p }).sort({ seq: -1 }).limit(1).toArray();
  return seal;
}

/** Ids already sealed among the numbers from `low` on. */
async function sealedFrom(db: mongo.Db, p: string, low: number): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const seal of sealsOf(db).find({ p, high: { $gte: low } }))
    for (const { id, n } of decodeEntries(seal.entries.value())) if (n >= low) ids.add(id);
  return ids;
}

/** What the process stored and nobody sealed, in order of its numbers, in portions of one seal. */
async function* unsealed(db: mongo.Db, p: string, low: number): AsyncGenerator<SealEntry[]> {
  const sealed = await sealedFrom(db, p, low);
  const audit = db.collection<AuditRecord>('audit', { readConcern: { level: 'majority' } });
  let entries: SealEntry[] = [];
  for await (const record of audit.find({ p, n: { $gte: low } }).sort({ n: 1 })) {
    // A record of a shape that no process writes stays without a seal, so that the verification names it.
    if (sealed.has(record._id) || !isSealable(record)) continue;
    entries.push({ id: record._id, n: record.n, hash: auditHash(record) });
    if (entries.length < MOST_ENTRIES) continue;
    yield entries;
    entries = [];
  }
  if (entries.length > 0) yield entries;
}

/** True when the chain that is stored reaches as far as the process said and is the same there. */
const isWhole = (said: SealHead | undefined, newest: Seal | undefined): boolean =>
  said === undefined ||
  (newest !== undefined && (newest.seq > said.seq || (newest.seq === said.seq && newest.hash === said.hash)));

async function recoverOne(db: mongo.Db, me: string, { instance, silentMs }: Sighting): Promise<number> {
  const p = instance._id;
  const newest = await newestSeal(db, p);
  if (!isWhole(instance.head, newest)) throw new Error(`the chain of seals of ${p} is cut; run "audit verify"`);
  let head: SealHead = newest ?? GENESIS;
  let records = 0;
  if (!newest?.closed) {
    const low = newest?.low ?? 1;
    for await (const entries of unsealed(db, p, low)) {
      const seal = nextSeal(head, { p, at: new Date(), others: [], low, entries, recovered: me });
      // Another process recovers the same one, or it woke up: they see to the rest.
      if (!(await storeSeal(db, seal))) return records;
      head = seal;
      records += entries.length;
    }
  }
  const ended: Instance['ended'] = newest?.closed ? 'closed' : silentMs > SETTLED_MS ? 'recovered' : undefined;
  const change: Pick<Instance, 'head' | 'ended'> = {
    ...(head.seq > 0 ? { head: { seq: head.seq, hash: head.hash } } : {}),
    ...(ended ? { ended } : {}),
  };
  // Only as long as it stays silent: a process that was merely paused goes on in its own right.
  if (Object.keys(change).length > 0) await instancesOf(db).updateOne({ _id: p, at: instance.at }, { $set: change });
  return records;
}

/**
 * Seals what dead processes left without a seal, marked with the process that did it (design.md 3a.17).
 * Transactions in flight may have lower numbers than records already sealed, so the search starts at `low` of the
 * newest seal. Safe to run in several processes at once. Returns how many records were sealed.
 */
export async function recoverSeals(db: mongo.Db, me: string, options: RecoveryOptions = {}): Promise<number> {
  const { from = here(), staleMs, report } = options;
  let records = 0;
  for (const sighting of await sightings(db, from, staleMs)) {
    if (!sighting.dead || sighting.instance._id === me) continue;
    try {
      records += await recoverOne(db, me, sighting);
    } catch (error) {
      if (!report) throw error;
      report(`audit records of ${sighting.instance._id} could not be sealed`, error);
    }
  }
  return records;
}
