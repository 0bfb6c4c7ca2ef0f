import type { mongo } from 'mongoose';
import { auditHash } from './audit-hash.js';
import type { AuditRecord } from './audit-record.js';

/**
 * What is known of a record whose writing has not ended:
 * - `open`: its insert or transaction is running
 * - `doubtful`: its insert failed, but may have arrived
 * - `aborted`: its transaction is said not to have committed (a lost answer to the commit looks the same)
 */
type Standing = 'open' | 'doubtful' | 'aborted';

interface Unsettled {
  readonly record: AuditRecord;
  standing: Standing;
  /** Monotonic ms: when it came to this standing. */
  since: number;
  /** How often it was looked for. */
  looks: number;
}

/** Ages at which an aborted record is looked for, ms; a transaction lives 60 s on the server at most. */
const LOOK_AT = [0, 5_000, 20_000, 65_000];
/** A transaction that nobody ended: the caller broke off. */
const FORGOTTEN_MS = 120_000;
const LOOK_MOST = 1_000;

/** The record that takes the place of one that may or may not have been stored: its answer never left. */
const unconfirmed = (record: AuditRecord): AuditRecord => ({
  ...record,
  out: '8',
  det: { ...record.det, audit: 'unconfirmed' },
});

/**
 * Records with a number but without a known end. The database is asked later what became of them, so that each one
 * that is stored gets into a seal. A doubtful one that is not there is replaced under its own `_id`: the late original
 * can then no longer arrive, and the trail says truthfully that the answer did not leave.
 */
export class UnsettledRecords {
  /** By number, ascending (numbers are given in order). */
  readonly #records = new Map<number, Unsettled>();
  #doubtful = 0;

  /** Lowest number that has not ended. */
  get lowest(): number | undefined {
    return this.#records.keys().next().value;
  }

  /** How many inserts may or may not have arrived. */
  get doubtful(): number {
    return this.#doubtful;
  }

  /** True when nothing is running or in doubt any more. */
  get quiet(): boolean {
    return [...this.#records.values()].every(({ standing }) => standing === 'aborted');
  }

  open(record: AuditRecord): void {
    this.#records.set(record.n, { record, standing: 'open', since: performance.now(), looks: 0 });
  }

  /** Its end is known. False when it had been settled before. */
  settle(record: AuditRecord): boolean {
    if (this.#records.get(record.n)?.standing === 'doubtful') this.#doubtful -= 1;
    return this.#records.delete(record.n);
  }

  mark(record: AuditRecord, standing: 'doubtful' | 'aborted'): void {
    const unsettled = this.#records.get(record.n);
    if (!unsettled || unsettled.standing === standing) return;
    if (standing === 'doubtful') this.#doubtful += 1;
    unsettled.standing = standing;
    unsettled.since = performance.now();
  }

  /**
   * Looks for records whose end is not known; with `everything` also those whose turn has not come.
   * Returns those that are stored, as they are stored. Throws the driver's error when the database does not answer.
   */
  async resolve(db: mongo.Db, everything = false): Promise<AuditRecord[]> {
    const due = this.#due(everything);
    if (due.length === 0) return [];
    const audit = db.collection<AuditRecord>('audit', { readConcern: { level: 'majority' } });
    const found = new Map<string, AuditRecord>();
    const ids = due.map(({ record }) => record._id);
    for await (const record of audit.find({ _id: { $in: ids } })) found.set(record._id, record);
    const stored: AuditRecord[] = [];
    const absent: AuditRecord[] = [];
    for (const unsettled of due) {
      const { record } = unsettled;
      const there = found.get(record._id);
      unsettled.looks += 1;
      if (there) {
        // What stands there is sealed only if this process wrote it; anything else must show as altered.
        const replaced = unconfirmed(record);
        stored.push(auditHash(there).equals(auditHash(replaced)) ? replaced : record);
        this.settle(record);
      } else if (unsettled.standing === 'doubtful') absent.push(unconfirmed(record));
      else if (unsettled.looks >= LOOK_AT.length) this.settle(record);
    }
    if (absent.length > 0)
      await audit.insertMany(absent, { ordered: false, writeConcern: { w: 'majority' } }).catch(() => undefined);
    return stored;
  }

  #due(everything: boolean): Unsettled[] {
    const now = performance.now();
    const due: Unsettled[] = [];
    for (const unsettled of this.#records.values()) {
      const { standing, since, looks } = unsettled;
      if (standing === 'open') {
        if (now - since > FORGOTTEN_MS) this.mark(unsettled.record, 'aborted');
        continue;
      }
      const turn = standing === 'doubtful' || now - since >= (LOOK_AT[looks] ?? 0);
      if (turn || everything) due.push(unsettled);
      if (due.length === LOOK_MOST) break;
    }
    return due;
  }
}
