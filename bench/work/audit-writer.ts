import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { v7 } from 'uuid';
import type { AuditRecord } from '../../src/store/audit-record.js';

const MAJORITY = { writeConcern: { w: 'majority', j: true } } as const;

/** What a record says beside who and when. */
export type AuditFacts = Pick<AuditRecord, 'act' | 'sub' | 'pt' | 'ent'> & Partial<Pick<AuditRecord, 'q'>>;

/** A full record of the bench's caller, of the service's own shape. */
export const auditRecord = (facility: string, facts: AuditFacts): AuditRecord => ({
  _id: v7(),
  p: 'bench',
  n: 0,
  at: new Date(),
  ...facts,
  out: '0',
  who: 'bench',
  rol: 'system',
  fac: facility,
  cli: 'bench',
  req: randomUUID(),
  ip: '127.0.0.1',
  pou: 'TREAT',
});

/** Group commit of audit records of reads: one majority insert in flight, all waiting records ride in the next. */
export class AuditWriter {
  readonly #audit: mongo.Collection<AuditRecord>;
  #waiting: { record: AuditRecord; done: (error?: unknown) => void }[] = [];
  #flying = false;

  constructor(db: mongo.Db) {
    this.#audit = db.collection<AuditRecord>('audit');
  }

  /** Resolves when the record is stored with majority. */
  write(record: AuditRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, done: (error) => (error === undefined ? resolve() : reject(error as Error)) });
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    if (this.#flying) return;
    this.#flying = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const records = batch.map(({ record }) => record);
      const error: unknown = await this.#audit.insertMany(records, MAJORITY).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      for (const { done } of batch) done(error);
    }
    this.#flying = false;
  }
}
