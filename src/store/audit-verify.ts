import type { mongo } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditRecord } from './audit-record.js';
import { type AuditFinding, type AuditVerdict, Findings } from './audit-verdict.js';
import { here, type Instance, instancesOf, type Sighting, sightings, type Whereabouts } from './instances.js';
import { type SealLink, sealsOf } from './seals.js';
import { type ChainSummary, verifyChain } from './verify-chain.js';
import { type Life, stillUnsealed, verifyUnsealed } from './verify-unsealed.js';

export interface VerifyOptions {
  readonly from?: Whereabouts;
  /** Age after which a record of a living process must have a seal, ms. */
  readonly graceMs?: number;
  /** Wait before late records are looked at again, ms. */
  readonly againMs?: number;
  /** Findings after which the verification stops. */
  readonly mostFindings?: number;
}

/** A process that has not been heard of for this long is not expected to seal any more. */
const QUIET_MS = 6_000;
const LINKS_AT_ONCE = 500;

/** Checks that seals which somebody has seen are there and are the same; asks for many at once. */
class LinkCheck {
  readonly #db: mongo.Db;
  readonly #found: Findings;
  #waiting: SealLink[] = [];

  constructor(db: mongo.Db, found: Findings) {
    this.#db = db;
    this.#found = found;
  }

  readonly add = async (links: readonly SealLink[]): Promise<void> => {
    this.#waiting.push(...links);
    if (this.#waiting.length >= LINKS_AT_ONCE) await this.flush();
  };

  async flush(): Promise<void> {
    const links = this.#waiting;
    this.#waiting = [];
    const ids = links.map(({ p, seq }) => `${p}/${seq}`);
    const seals = await sealsOf(this.#db)
      .find({ _id: { $in: ids } }, { projection: { hash: 1, at: 1 } })
      .toArray();
    const stored = new Map(seals.map((seal) => [seal._id, seal]));
    for (const { p, seq, hash } of links) {
      const seal = stored.get(`${p}/${seq}`);
      if (seal?.hash === hash) continue;
      const place = { id: `${p}/${seq}`, process: p, number: seq };
      this.#found.add(seal ? { fault: 'seal-altered', ...place, at: seal.at } : { fault: 'seal-missing', ...place });
    }
  }
}

/** Every process that left anything, oldest first (their ids are UUID v7). */
async function processesOf(db: mongo.Db, instances: ReadonlyMap<string, Instance>): Promise<string[]> {
  const inAudit = await db.collection<AuditRecord>('audit').distinct('p');
  const inSeals = await sealsOf(db).distinct('p');
  return [...new Set([...instances.keys(), ...inAudit, ...inSeals])].filter((p) => typeof p === 'string').sort();
}

function lifeOf(instance: Instance | undefined, sighting: Sighting | undefined, chain: ChainSummary): Life {
  if (!instance || !sighting || chain.closed) return 'ended';
  return sighting.dead || sighting.silentMs > QUIET_MS ? 'dead' : 'live';
}

/** A record that names no process was written by none. */
async function verifyOwners(db: mongo.Db, found: Findings): Promise<void> {
  const filter: mongo.Filter<mongo.Document> = { p: { $not: { $type: 'string' } } };
  const record = await db.collection('audit').findOne(filter, { projection: { _id: 1 } });
  if (record) found.add({ fault: 'record-extra', id: String(record._id), process: '' });
}

/**
 * Recomputes the whole trail: every hash, tree and chain, the links between processes, and that nothing is missing
 * and nothing is there that was not sealed (design.md 3.8, ASVS 16.4.2). Streams: one seal in memory, and one bit per
 * record. Runs beside living processes. Throws the driver's error when the database cannot be read.
 */
export async function verifyAudit(db: mongo.Db, options: VerifyOptions = {}): Promise<AuditVerdict> {
  const { from = here(), graceMs = 10_000, againMs = 3_000, mostFindings = 20 } = options;
  const found = new Findings(mostFindings);
  const links = new LinkCheck(db, found);
  // Instances before seals: a head that a process has named must then be found.
  const first = await instancesOf(db).find().toArray();
  const processes = await processesOf(db, new Map(first.map((instance) => [instance._id, instance])));
  const instances = new Map((await instancesOf(db).find().toArray()).map((instance) => [instance._id, instance]));
  const sighted = new Map((await sightings(db, from)).map((sighting) => [sighting.instance._id, sighting]));
  const since = new Date(Date.now() - graceMs);
  const sum = { seals: 0, records: 0, recovered: 0, unsealed: 0, pending: 0 };
  const late: AuditFinding[] = [];
  await verifyOwners(db, found);
  for (const p of processes) {
    const instance = instances.get(p);
    const chain = await verifyChain(db, p, found, links.add);
    if (instance?.head) await links.add([{ p, ...instance.head }]);
    sum.seals += chain.seals;
    sum.records += chain.records;
    sum.recovered += chain.recovered;
    if (chain.whole && !found.full) {
      const unsealed = await verifyUnsealed(db, p, chain, lifeOf(instance, sighted.get(p), chain), since, found);
      sum.unsealed += unsealed.tail;
      sum.pending += unsealed.pending;
      late.push(...unsealed.late);
    }
    if (found.full) break;
  }
  await links.flush();
  if (late.length > 0) {
    await sleep(againMs);
    for (const finding of await stillUnsealed(db, late)) found.add(finding);
  }
  const findings = found.sorted();
  const [earliest] = findings;
  return { ok: !earliest, ...(earliest ? { first: earliest } : {}), findings, processes: processes.length, ...sum };
}
