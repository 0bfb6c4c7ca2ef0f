import type { mongo } from 'mongoose';
import { v7 } from 'uuid';
import { unavailable } from '../errors.js';
import { logger } from '../logger.js';
import type { AuditDraft, AuditRecord } from './audit-record.js';
import type { Auditor } from './auditor.js';
import { GroupCommit } from './group-commit.js';
import { timeOrderedId } from './ids.js';
import { BEAT_MS, beat, here, otherHeads, type Whereabouts } from './instances.js';
import { recoverSeals } from './seal-recovery.js';
import { Sealer } from './sealer.js';
import type { SealLink } from './seals.js';
import { storable } from './storable.js';
import { UnsettledRecords } from './unsettled-records.js';

export interface AuditorOptions {
  /** Time between two seals, ms; also sealed at 1,000 waiting records. */
  readonly sealMs?: number;
  /** Time that an insert of records may take, ms; after it the request fails. */
  readonly writeTimeoutMs?: number;
  /** Time between two looks for dead processes, ms. */
  readonly recoverMs?: number;
  readonly whereabouts?: Whereabouts;
  /** Told of trouble in the background (a seal that cannot be written yet); nothing is lost by it. Logged unless said. */
  readonly report?: (message: string, error: unknown) => void;
}

const SEALING = 'the audit seal';
const SEAL_AT = 1_000;
/** Records in doubt at once; beyond it requests fail without another try. */
const MOST_DOUBTFUL = 10_000;
const RETRY_SECONDS = 2;

const logTrouble = (message: string, error: unknown): void => logger.warn({ err: error }, message);

/** Auditor of one process: group commit for reads, seals every second (design.md 3.8). */
class GroupCommitAuditor implements Auditor {
  readonly process = v7();
  readonly #db: mongo.Db;
  readonly #options: Required<AuditorOptions>;
  readonly #group: GroupCommit<AuditRecord>;
  readonly #unsettled = new UnsettledRecords();
  readonly #sealer: Sealer;
  readonly #timers: NodeJS.Timeout[] = [];
  /** Work in the background, one after the other. */
  #background: Promise<void> = Promise.resolve();
  /** Names of the pieces of work that wait for their turn. */
  readonly #due = new Set<string>();
  #last = 0;
  #closed = false;
  #links: readonly SealLink[] = [];
  /** Hash of the newest seal of each process that a seal of ours names. */
  readonly #linked = new Map<string, string>();

  constructor(db: mongo.Db, options: AuditorOptions) {
    this.#db = db;
    this.#options = {
      sealMs: 1_000,
      writeTimeoutMs: 5_000,
      recoverMs: 15_000,
      whereabouts: here(),
      report: logTrouble,
      ...options,
    };
    this.#sealer = new Sealer(db, this.process);
    this.#group = new GroupCommit((records) => this.#insert(records));
  }

  /** Makes the process known before its first record, seals what dead ones left, starts the timers. */
  async start(): Promise<void> {
    await this.#beat();
    await this.#recover();
    const { sealMs, recoverMs } = this.#options;
    this.#every(sealMs, SEALING, () => this.#seal());
    this.#every(BEAT_MS, 'the heartbeat of this process', () => this.#beat());
    this.#every(recoverMs, 'the look for dead processes', () => this.#recover());
  }

  async record(draft: AuditDraft): Promise<void> {
    if (this.#closed || this.#unsettled.doubtful >= MOST_DOUBTFUL) throw unavailable(RETRY_SECONDS);
    const record = this.#number(draft);
    try {
      await this.#group.add(record);
    } catch (error) {
      throw unavailable(RETRY_SECONDS, error);
    }
    if (this.#sealer.waiting >= SEAL_AT) this.#inBackground(SEALING, () => this.#seal());
  }

  stamp(drafts: readonly AuditDraft[]): AuditRecord[] {
    return drafts.map((draft) => this.#number(draft));
  }

  committed(records: readonly AuditRecord[]): void {
    for (const record of records) if (this.#unsettled.settle(record)) this.#sealer.add(record);
  }

  aborted(records: readonly AuditRecord[]): void {
    for (const record of records) this.#unsettled.mark(record, 'aborted');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#group.idle();
    await this.#background;
    try {
      await this.#resolve(true);
      // What was in doubt has been replaced now; the second look finds it.
      if (this.#unsettled.doubtful > 0) await this.#resolve(true);
      // With a write still running or in doubt the stop is not clean: the next start looks after it.
      const clean = this.#unsettled.quiet;
      await this.#writeSeals(clean);
      await beat(this.#db, this.#instance(), clean ? 'closed' : undefined);
    } catch (error) {
      this.#options.report('the last audit seal failed; the next start recovers its records', error);
    }
  }

  #number(draft: AuditDraft): AuditRecord {
    this.#last += 1;
    const record = storable<AuditRecord>({
      _id: timeOrderedId(),
      p: this.process,
      n: this.#last,
      at: new Date(),
      ...draft,
    });
    this.#unsettled.open(record);
    return record;
  }

  async #insert(records: readonly AuditRecord[]): Promise<void> {
    const limit = this.#options.writeTimeoutMs;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`audit insert took over ${limit} ms`)), limit + 500);
    });
    const insert = this.#db.collection<AuditRecord>('audit').insertMany([...records], {
      ordered: false,
      maxTimeMS: limit,
      writeConcern: { w: 'majority', wtimeoutMS: limit },
    });
    try {
      await Promise.race([insert, tooLate]);
      this.committed(records);
    } catch (error) {
      const neverSent = (error as { name?: unknown }).name === 'MongoServerSelectionError';
      for (const record of records) {
        if (neverSent) this.#unsettled.settle(record);
        else this.#unsettled.mark(record, 'doubtful');
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #seal(): Promise<void> {
    await this.#resolve(false);
    await this.#writeSeals(false);
  }

  async #resolve(everything: boolean): Promise<void> {
    for (const record of await this.#unsettled.resolve(this.#db, everything)) this.#sealer.add(record);
  }

  async #writeSeals(closed: boolean): Promise<void> {
    const low = this.#unsettled.lowest ?? this.#last + 1;
    const others = this.#links.filter(({ p, hash }) => this.#linked.get(p) !== hash);
    const linked = await this.#sealer.write({ low, others, ...(closed ? { closed } : {}) });
    if (linked) for (const { p, hash } of others) this.#linked.set(p, hash);
  }

  #instance(): Parameters<typeof beat>[1] {
    const { head } = this.#sealer;
    return { _id: this.process, ...this.#options.whereabouts, ...(head.seq > 0 ? { head } : {}) };
  }

  async #beat(): Promise<void> {
    await beat(this.#db, this.#instance());
    this.#links = await otherHeads(this.#db, this.process);
  }

  async #recover(): Promise<void> {
    await recoverSeals(this.#db, this.process, { from: this.#options.whereabouts, report: this.#options.report });
  }

  #every(ms: number, name: string, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => this.#inBackground(name, work), ms).unref());
  }

  #inBackground(name: string, work: () => Promise<void>): void {
    if (this.#due.has(name)) return;
    this.#due.add(name);
    this.#background = this.#background
      .then(() => {
        this.#due.delete(name);
        return work();
      })
      .catch((error: unknown) => this.#options.report(`${name} failed and is tried again`, error));
  }
}

/**
 * Starts the auditor of this process: makes the process known, seals what dead processes left, and from then on
 * writes a seal each second. Throws the driver's error when the database cannot be written.
 */
export async function createAuditor(db: mongo.Db, options: AuditorOptions = {}): Promise<Auditor> {
  const auditor = new GroupCommitAuditor(db, options);
  await auditor.start();
  return auditor;
}
