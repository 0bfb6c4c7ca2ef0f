import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { v7 } from 'uuid';
import type { AuditRecord } from '../src/store/audit-record.js';
import type { HistoryEntry, StoredResource } from '../src/store/envelope.js';
import { newId } from '../src/store/ids.js';

/**
 * The database work of the core scenarios without any FHIR rule: the same statements on documents of the same shape,
 * for the bare handler and the raw driver (design.md 3a.13). Relation look-ups and audit are part of it.
 */
export class DatabaseWork {
  readonly #db: mongo.Db;
  readonly #client: mongo.MongoClient;
  #waiting: { record: AuditRecord; done: (error?: unknown) => void }[] = [];
  #flying = false;

  constructor(client: mongo.MongoClient, db: mongo.Db) {
    this.#client = client;
    this.#db = db;
  }

  #record(act: AuditRecord['act'], ent: string, pt: string | undefined): AuditRecord {
    return {
      _id: v7(),
      p: 'bench',
      n: 0,
      at: new Date(),
      act,
      sub: 'bench',
      out: '0',
      who: 'bench',
      rol: 'system',
      cli: 'bench',
      pt: pt === undefined ? [] : [pt],
      ent: [ent],
      req: randomUUID(),
      pou: 'TREAT',
    };
  }

  /** Group commit: one majority insert in flight, all waiting records ride in the next. */
  async #groupCommit(record: AuditRecord): Promise<void> {
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
      const error: unknown = await this.#db
        .collection<AuditRecord>('audit')
        .insertMany(
          batch.map(({ record }) => record),
          { writeConcern: { w: 'majority', j: true } },
        )
        .then(
          () => undefined,
          (failure: unknown) => failure,
        );
      for (const { done } of batch) done(error);
    }
    this.#flying = false;
  }

  /** Read by id with its audit record; the stored text. */
  async read(type: string, id: string): Promise<string> {
    const found = await this.#db.collection<StoredResource>(type).findOne({ _id: id });
    if (!found) throw new Error('not found');
    await this.#groupCommit(this.#record('R', `${type}/${id}`, found.pt));
    return found.json;
  }

  async #head(patient: string): Promise<void> {
    const found = await this.#db
      .collection<StoredResource>('Patient')
      .findOne({ _id: patient }, { projection: { json: 0, s: 0, k: 0 } });
    if (!found) throw new Error('no such patient');
  }

  async #transact(body: (session: mongo.ClientSession) => Promise<void>): Promise<void> {
    const session = this.#client.startSession();
    try {
      await session.withTransaction(() => body(session), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', j: true },
      });
    } finally {
      await session.endSession();
    }
  }

  /** One document goes by `insertOne`, as in the service: it costs the driver less. */
  async #insert<T extends mongo.Document>(
    name: string,
    docs: readonly T[],
    session: mongo.ClientSession,
  ): Promise<void> {
    const collection = this.#db.collection(name);
    const [only] = docs;
    if (docs.length === 1 && only) await collection.insertOne(only, { session });
    else await collection.insertMany([...docs], { session });
  }

  #history(type: string, doc: StoredResource): HistoryEntry {
    const { _id: id, b, vid, lu, acc, lab, json } = doc;
    const pt = doc.pt === undefined ? {} : { pt: doc.pt };
    return {
      _id: `${type}/${id}/${vid}`,
      b,
      type,
      id,
      vid,
      lu,
      method: 'POST',
      ...pt,
      acc,
      lab,
      req: randomUUID(),
      json,
    };
  }

  /** Create of resources shaped like the templates, in one transaction: relation look-up, current, history, audit. */
  async create(templates: readonly { type: string; doc: StoredResource }[]): Promise<string> {
    const fresh = templates.map(({ type, doc }) => ({
      type,
      doc: { ...doc, _id: newId(doc.b), vid: 1, lu: new Date() },
    }));
    const patient = templates[0]?.doc.pt;
    if (patient !== undefined) await this.#head(patient);
    await this.#transact(async (session) => {
      const byType = new Map<string, StoredResource[]>();
      for (const { type, doc } of fresh) byType.set(type, [...(byType.get(type) ?? []), doc]);
      for (const [type, docs] of byType) await this.#insert(type, docs, session);
      const history = fresh.map(({ type, doc }) => this.#history(type, doc));
      await this.#insert('history', history, session);
      const audit = fresh.map(({ type, doc }) => this.#record('C', `${type}/${doc._id}`, doc.pt));
      await this.#insert('audit', audit, session);
    });
    return `[${fresh.map(({ doc }) => doc.json).join(',')}]`;
  }

  /** Update of one resource: read, relation look-up, replace with version check, history, audit. Retries like ours. */
  async update(type: string, id: string): Promise<string> {
    for (;;) {
      const before = await this.#db.collection<StoredResource>(type).findOne({ _id: id });
      if (!before) throw new Error('not found');
      if (before.pt !== undefined) await this.#head(before.pt);
      const doc = { ...before, vid: before.vid + 1, lu: new Date() };
      let matched = 0;
      await this.#transact(async (session) => {
        const filter = { _id: id, vid: before.vid };
        matched = (await this.#db.collection<StoredResource>(type).replaceOne(filter, doc, { session })).matchedCount;
        if (matched === 0) return;
        await this.#insert('history', [this.#history(type, doc)], session);
        await this.#insert('audit', [this.#record('U', `${type}/${id}`, doc.pt)], session);
      });
      if (matched > 0) return doc.json;
    }
  }
}
