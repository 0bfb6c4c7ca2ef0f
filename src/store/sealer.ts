import type { mongo } from 'mongoose';
import type { AuditRecord } from './audit-record.js';
import { auditHash } from './audit-hash.js';
import { decodeEntries, type SealEntry } from './seal-entries.js';
import { GENESIS, nextSeal, type Seal, type SealContent, type SealHead, sealsOf, storeSeal } from './seals.js';

/** Entries in one seal at most (54 KB). */
const MOST_ENTRIES = 1_000;

/** Keeps the hashes of what one process wrote and writes them into its chain of seals. */
export class Sealer {
  readonly #db: mongo.Db;
  readonly #process: string;
  #pending: SealEntry[] = [];
  #head: SealHead = GENESIS;
  /** A seal whose writing failed: it is tried again unchanged, because it may have arrived. */
  #unsent: Seal | undefined;

  constructor(db: mongo.Db, process: string) {
    this.#db = db;
    this.#process = process;
  }

  get head(): SealHead {
    return this.#head;
  }

  /** Records that are stored and in no seal yet. */
  get waiting(): number {
    return this.#pending.length;
  }

  add(record: AuditRecord): void {
    this.#pending.push({ id: record._id, n: record.n, hash: auditHash(record) });
  }

  /**
   * Writes seals until nothing waits. `low` is the lowest number not yet settled; links go into the first seal.
   * Returns true when a seal with these links was written. With `closed` a last seal is written in any case.
   * Throws the driver's error when a seal cannot be written: nothing is lost, the next call goes on.
   */
  async write(content: Pick<SealContent, 'low' | 'others' | 'closed'>): Promise<boolean> {
    if (this.#unsent) await this.#send(this.#unsent);
    let { others } = content;
    let last = false;
    let linked = false;
    while (this.#pending.length > 0 || (content.closed && !last)) {
      const entries = this.#pending.slice(0, MOST_ENTRIES);
      last = entries.length === this.#pending.length;
      const low = this.#pending.slice(MOST_ENTRIES).reduce((lowest, { n }) => Math.min(lowest, n), content.low);
      const closed = content.closed && last ? { closed: true as const } : {};
      const seal = nextSeal(this.#head, { p: this.#process, at: new Date(), others, low, entries, ...closed });
      const mine = await this.#send(seal);
      last = mine && last;
      linked = mine || linked;
      if (linked) others = [];
    }
    return linked;
  }

  async #send(seal: Seal): Promise<boolean> {
    this.#unsent = seal;
    const mine = await storeSeal(this.#db, seal);
    this.#unsent = undefined;
    if (mine) {
      this.#pending.splice(0, seal.count);
      this.#head = seal;
    } else await this.#adopt();
    return mine;
  }

  /** Goes on behind the seals that another process wrote for this one while it seemed dead. */
  async #adopt(): Promise<void> {
    const chain = sealsOf(this.#db).find({ p: this.#process, seq: { $gt: this.#head.seq } }, { sort: { seq: 1 } });
    for await (const seal of chain) {
      const sealed = new Set(decodeEntries(seal.entries.value()).map(({ id }) => id));
      this.#pending = this.#pending.filter(({ id }) => !sealed.has(id));
      this.#head = { seq: seal.seq, hash: seal.hash };
    }
  }
}
