import { createHash } from 'node:crypto';
import { mongo } from 'mongoose';
import { canonicalText } from './audit-hash.js';
import { merkleRoot } from './merkle-root.js';
import { encodeEntries, entryRows, type SealEntry } from './seal-entries.js';

/** Place of a seal in the chain of its process. */
export interface SealHead {
  readonly seq: number;
  /** SHA-256 of the seal, hex. */
  readonly hash: string;
}

/** A seal of another process that was seen when this one was made. */
export interface SealLink extends SealHead {
  readonly p: string;
}

/** One link in the chain of seals of one process (design.md 3.8): what it wrote since the seal before. */
export interface Seal extends SealLink {
  /** `<process>/<seq>`; seq counts from 1 without gaps. */
  readonly _id: string;
  readonly at: Date;
  /** Hash of the seal before, `GENESIS` for the first. */
  readonly prev: string;
  /** Newest seals of other processes, as far as they changed since the last link: whoever drops one is seen. */
  readonly others: readonly SealLink[];
  /** Every record with a lower number is in this seal or one before it, or was never written. */
  readonly low: number;
  /** Highest number in this seal, 0 when it is empty. */
  readonly high: number;
  readonly count: number;
  /** Rows of seal-entries.ts. */
  readonly entries: mongo.Binary;
  /** Merkle root over the rows, hex. */
  readonly root: string;
  /** Made after the process had died, by the one named here. */
  readonly recovered?: string;
  /** Last seal of a clean stop. */
  readonly closed?: true;
}

/** Head of a chain that has no seal yet. */
export const GENESIS: SealHead = { seq: 0, hash: '0'.repeat(64) };

/** What goes into a new seal. */
export interface SealContent {
  readonly p: string;
  readonly at: Date;
  readonly others: readonly SealLink[];
  readonly low: number;
  readonly entries: readonly SealEntry[];
  readonly recovered?: string;
  readonly closed?: true;
}

/** Root that a seal with these rows must have. Throws RangeError when the bytes are cut. */
export const rootOf = (rows: Uint8Array): string => merkleRoot(entryRows(rows)).toString('hex');

/** Hash that a seal must have: over all its fields but the rows (the root stands for them) and itself. */
export function sealHash(seal: Omit<Seal, 'hash'> & { readonly hash?: string }): string {
  const { hash: _hash, entries: _entries, ...covered } = seal;
  return createHash('sha256').update(canonicalText(covered)).digest('hex');
}

/** The seal that follows `head`. */
export function nextSeal(head: SealHead, content: SealContent): Seal {
  const { p, at, others, low, entries, recovered, closed } = content;
  const rows = encodeEntries(entries);
  const seq = head.seq + 1;
  const seal = {
    _id: `${p}/${seq}`,
    p,
    seq,
    at,
    prev: head.hash,
    others,
    low,
    high: entries.reduce((highest, { n }) => Math.max(highest, n), 0),
    count: entries.length,
    entries: new mongo.Binary(rows),
    root: rootOf(rows),
    ...(recovered ? { recovered } : {}),
    ...(closed ? { closed } : {}),
  };
  return { ...seal, hash: sealHash(seal) };
}

/** The `seals` collection, written and read with majority. */
export const sealsOf = (db: mongo.Db): mongo.Collection<Seal> =>
  db.collection<Seal>('seals', { readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } });

const DUPLICATE_KEY = 11000;

/**
 * Stores a seal. True when it is there, also when an earlier try had already arrived; false when another process
 * has put a different seal in its place (it took this one for dead). Throws the driver's error otherwise.
 */
export async function storeSeal(db: mongo.Db, seal: Seal): Promise<boolean> {
  const seals = sealsOf(db);
  try {
    await seals.insertOne(seal);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
  }
  const stored = await seals.findOne({ _id: seal._id }, { projection: { hash: 1 } });
  return stored?.hash === seal.hash;
}
