import type { mongo } from 'mongoose';
import type { AuditRecord } from './audit-record.js';
import { type AuditFinding, type Findings, timeOfId } from './audit-verdict.js';
import { decodeEntries, isSealable } from './seal-entries.js';
import { sealsOf } from './seals.js';
import type { ChainSummary } from './verify-chain.js';

/** How a process stands: `ended` may have nothing without a seal, `dead` may have a tail, `live` seals within seconds. */
export type Life = 'ended' | 'dead' | 'live';

/** What is in no seal and is no fault (yet). */
export interface Unsealed {
  readonly tail: number;
  readonly pending: number;
  /** Records of a living process that should have a seal by now: to be looked at again. */
  readonly late: readonly AuditFinding[];
}

/** Whoever writes past the service may put anything here. */
interface Key {
  readonly _id: unknown;
  readonly n: unknown;
}

const PORTION = 1_000;

/** Ids among these that stand in a seal of the process. */
async function sealedAmong(db: mongo.Db, p: string, ids: ReadonlySet<unknown>): Promise<Set<string>> {
  const sealed = new Set<string>();
  for await (const seal of sealsOf(db).find({ p }, { projection: { entries: 1 }, batchSize: 20 }))
    for (const { id } of decodeEntries(seal.entries.value())) if (ids.has(id)) sealed.add(id);
  return sealed;
}

/** Numbers of records that are not (or not only) the one that a seal names, in portions. */
async function* suspiciousNumbers(
  audit: mongo.Collection<AuditRecord>,
  p: string,
  chain: ChainSummary,
): AsyncGenerator<unknown[]> {
  // Answered from the index alone.
  const numbers = audit.find({ p }, { projection: { _id: 0, n: 1 }, hint: { p: 1, n: 1 } }).sort({ p: 1, n: 1 });
  let portion: unknown[] = [];
  let last: unknown;
  for await (const { n } of numbers as AsyncIterable<{ n?: unknown }>) {
    if (n === last || typeof n !== 'number' || !chain.numbers.has(n)) portion.push(n ?? null);
    last = n;
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

/**
 * Finds the records of one process that are in no seal and judges them: extra, the tail of a process that died, or
 * not sealed yet. `since` is the time up to which a living process must have sealed. Throws the driver's error.
 */
export async function verifyUnsealed(
  db: mongo.Db,
  p: string,
  chain: ChainSummary,
  life: Life,
  since: Date,
  found: Findings,
): Promise<Unsealed> {
  const audit = db.collection<AuditRecord>('audit', { readConcern: { level: 'majority' } });
  const late: AuditFinding[] = [];
  let tail = 0;
  let pending = 0;
  const judge = (record: Key): void => {
    const at = timeOfId(String(record._id));
    const finding: AuditFinding = {
      fault: 'record-extra',
      id: String(record._id),
      process: p,
      ...(typeof record.n === 'number' ? { number: record.n } : {}),
      ...(at ? { at } : {}),
    };
    const impossible = !isSealable(record) || record.n < chain.low || chain.numbers.has(record.n);
    if (impossible || life === 'ended') found.add(finding);
    else if (life === 'dead') tail += 1;
    else if (at && at < since) late.push(finding);
    else pending += 1;
  };
  for await (const numbers of suspiciousNumbers(audit, p, chain)) {
    const filter: mongo.Filter<mongo.Document> = { p, n: { $in: numbers } };
    const records = (await audit
      .find(filter as mongo.Filter<AuditRecord>, { projection: { n: 1 } })
      .sort({ n: 1 })
      .toArray()) as Key[];
    // Two records under one number: the one in the seal is right.
    const twins = new Set(
      records.filter(({ n }) => typeof n === 'number' && chain.numbers.has(n)).map(({ _id }) => _id),
    );
    const right = twins.size > 0 ? await sealedAmong(db, p, twins) : new Set<unknown>();
    for (const record of records) if (!right.has(record._id)) judge(record);
    if (found.full) break;
  }
  return { tail, pending, late };
}

/** Those of the late records that still have no seal. */
export async function stillUnsealed(db: mongo.Db, late: readonly AuditFinding[]): Promise<AuditFinding[]> {
  const still: AuditFinding[] = [];
  for (const p of new Set(late.map(({ process }) => process))) {
    const own = late.filter(({ process }) => process === p);
    const sealed = await sealedAmong(db, p, new Set(own.map(({ id }) => id)));
    still.push(...own.filter(({ id }) => !sealed.has(id)));
  }
  return still;
}
