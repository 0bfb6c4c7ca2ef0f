import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { AuditRecord } from '../../src/store/audit-record.js';
import type { StoredResource } from '../../src/store/envelope.js';
import { type StoredClaim, toStoredClaim } from '../../src/store/execute-plan.js';
import { toHistory } from '../../src/store/history-entry.js';
import type { Claim } from '../../src/store/write-plan.js';
import { auditRecord } from './audit-writer.js';
import type { WorkSetting } from './database-work.js';
import { copyOne, copyPerson, type FreshDocument } from './template.js';

/** Transactions of the bare handler and the raw driver: the statements of a write without any rule. */
export class WriteWork {
  readonly #client: mongo.MongoClient;
  readonly #db: mongo.Db;
  readonly #setting: WorkSetting;

  constructor(client: mongo.MongoClient, db: mongo.Db, setting: WorkSetting) {
    this.#client = client;
    this.#db = db;
    this.#setting = setting;
  }

  async #transact(body: (session: mongo.ClientSession) => Promise<void>): Promise<void> {
    const session = this.#client.startSession();
    try {
      await session.withTransaction(() => body(session), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
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

  /** The relation look-up of a write. */
  async #related(patient: string): Promise<void> {
    const projection = { json: 0, s: 0, k: 0 };
    const found = await this.#db.collection<StoredResource>('Patient').findOne({ _id: patient }, { projection });
    if (!found) throw new Error(`no Patient/${patient}`);
  }

  #audits(documents: readonly FreshDocument[], act: AuditRecord['act'], sub: string): AuditRecord[] {
    return documents.map(({ type, doc }) =>
      auditRecord(this.#setting.facility, {
        act,
        sub,
        pt: doc.pt === undefined ? [] : [doc.pt],
        ent: [`${type}/${doc._id}/_history/${doc.vid}`],
      }),
    );
  }

  async #insertAll(documents: readonly FreshDocument[], claims: readonly Claim[], sub: string): Promise<void> {
    const byType = new Map<string, StoredResource[]>();
    for (const { type, doc } of documents) byType.set(type, [...(byType.get(type) ?? []), doc]);
    const request = randomUUID();
    const history = documents.map(({ type, doc }) => toHistory({ method: 'create', type, doc }, request));
    const audits = this.#audits(documents, 'C', sub);
    await this.#transact(async (session) => {
      if (claims.length > 0) await this.#insert<StoredClaim>('claims', claims.map(toStoredClaim), session);
      for (const [type, docs] of byType) await this.#insert(type, docs, session);
      await this.#insert('history', history, session);
      await this.#insert('audit', audits, session);
    });
  }

  /** Create of one resource like the template: relation look-up, current version, history, audit. Its text. */
  async create(): Promise<string> {
    const fresh = copyOne(this.#setting.create);
    if (fresh.doc.pt !== undefined) await this.#related(fresh.doc.pt);
    await this.#insertAll([fresh], [], 'create');
    return fresh.doc.json;
  }

  /** Transaction of a new person with linked records, like the named templates. The text of the response Bundle. */
  async transaction(name: string): Promise<string> {
    const { documents, claims } = copyPerson(this.#setting.transactions[name] ?? []);
    await this.#insertAll(documents, claims, 'transaction');
    const entries = documents.map(({ type, doc }) => {
      const location = `http://127.0.0.1/fhir/${type}/${doc._id}/_history/1`;
      const response = { status: '201 Created', location, etag: 'W/"1"', lastModified: doc.lu.toISOString() };
      return `{"resource":${doc.json},"response":${JSON.stringify(response)}}`;
    });
    return `{"resourceType":"Bundle","type":"transaction-response","entry":[${entries.join(',')}]}`;
  }

  /** Next version of a resource: read, relation look-up, replace with version check, history, audit. Retries like ours. */
  async update(type: string, id: string): Promise<string> {
    const collection = this.#db.collection<StoredResource>(type);
    for (;;) {
      const before = await collection.findOne({ _id: id });
      if (!before) throw new Error(`no ${type}/${id}`);
      if (before.pt !== undefined) await this.#related(before.pt);
      const doc = { ...before, vid: before.vid + 1, lu: new Date() };
      const history = toHistory({ method: 'update', type, doc, replaces: before.vid }, randomUUID());
      const audits = this.#audits([{ type, doc }], 'U', 'update');
      let matched = 0;
      await this.#transact(async (session) => {
        matched = (await collection.replaceOne({ _id: id, vid: before.vid }, doc, { session })).matchedCount;
        if (matched === 0) return;
        await this.#insert('history', [history], session);
        await this.#insert('audit', audits, session);
      });
      if (matched > 0) return doc.json;
    }
  }
}
