import type { mongo } from 'mongoose';
import { auditHash } from './audit-hash.js';
import type { AuditRecord } from './audit-record.js';
import { type Findings, timeOfId } from './audit-verdict.js';
import { NumberSet } from './number-set.js';
import { decodeEntries, type SealEntry } from './seal-entries.js';
import { GENESIS, rootOf, type Seal, type SealHead, sealHash, type SealLink, sealsOf } from './seals.js';

/** What the chain of one process has shown. */
export interface ChainSummary {
  readonly head: SealHead;
  /** Lowest number that may still be without a seal. */
  readonly low: number;
  /** Numbers of all sealed records. */
  readonly numbers: NumberSet;
  /** False when a seal is altered or missing: then it cannot be said which records are in no seal. */
  readonly whole: boolean;
  readonly closed: boolean;
  readonly seals: number;
  readonly records: number;
  readonly recovered: number;
}

/** Entries of a seal that is what it says it is; undefined when it was altered. */
function soundEntries(seal: Seal): SealEntry[] | undefined {
  try {
    const rows = seal.entries.value();
    const entries = decodeEntries(rows);
    const sound =
      seal._id === `${seal.p}/${seal.seq}` &&
      seal.count === entries.length &&
      seal.root === rootOf(rows) &&
      seal.hash === sealHash(seal);
    return sound ? entries : undefined;
  } catch {
    // Rows that are cut, or a field of another type.
    return undefined;
  }
}

/** Compares the records of one seal with their hashes. Returns how many are as sealed. */
async function verifyRecords(db: mongo.Db, p: string, entries: readonly SealEntry[], found: Findings): Promise<number> {
  const ids = entries.map(({ id }) => id);
  const stored = new Map<string, Buffer>();
  const audit = db.collection<AuditRecord>('audit', { readConcern: { level: 'majority' } });
  for await (const record of audit.find({ _id: { $in: ids } })) stored.set(record._id, auditHash(record));
  let good = 0;
  for (const { id, n, hash } of entries) {
    const actual = stored.get(id);
    if (actual?.equals(hash)) good += 1;
    else {
      const at = timeOfId(id);
      const fault = actual ? 'record-altered' : 'record-missing';
      found.add({ fault, id, process: p, number: n, ...(at ? { at } : {}) });
    }
  }
  return good;
}

/**
 * Walks the chain of seals of one process and checks every seal and every record in it, one seal in memory at a time.
 * `links` gets what the seals say of other processes. Throws the driver's error.
 */
export async function verifyChain(
  db: mongo.Db,
  p: string,
  found: Findings,
  links: (links: readonly SealLink[]) => Promise<void>,
): Promise<ChainSummary> {
  const numbers = new NumberSet();
  let head: SealHead = GENESIS;
  const sum = { low: 1, whole: true, closed: false, seals: 0, records: 0, recovered: 0 };
  for await (const seal of sealsOf(db).find({ p }, { batchSize: 20 }).sort({ p: 1, seq: 1 })) {
    const here = { id: seal._id, process: p, number: seal.seq, at: seal.at };
    const entries = soundEntries(seal);
    if (seal.seq !== head.seq + 1) {
      const number = head.seq + 1;
      found.add({ fault: 'seal-missing', id: `${p}/${number}`, process: p, number, at: seal.at });
      sum.whole = false;
    } else if (seal.prev !== head.hash) found.add({ ...here, fault: 'chain-broken' });
    if (entries) {
      for (const { n } of entries) numbers.add(n);
      const good = await verifyRecords(db, p, entries, found);
      sum.records += good;
      if (seal.recovered) sum.recovered += good;
      await links(seal.others);
    } else {
      found.add({ ...here, fault: 'seal-altered' });
      sum.whole = false;
    }
    sum.seals += 1;
    sum.low = seal.low;
    sum.closed = seal.closed === true;
    head = { seq: seal.seq, hash: seal.hash };
    if (found.full) break;
  }
  return { ...sum, head, numbers };
}
