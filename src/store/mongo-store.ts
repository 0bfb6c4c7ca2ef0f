import type { Connection, mongo } from 'mongoose';
import { fault, isServiceError, ServiceError, unavailable } from '../errors.js';
import { assertFits } from './assert-fits.js';
import type { AuditRecord } from './audit-record.js';
import type { Auditor } from './auditor.js';
import type { FoundResource, HistoryEntry, StoredHead, StoredResource } from './envelope.js';
import { executePlan, executeTogether, type StoredClaim } from './execute-plan.js';
import { keyHash } from './ids.js';
import { loadDocuments } from './load-documents.js';
import { PlanGroup } from './plan-group.js';
import { MOST_TEXT, readBounded } from './read-bounded.js';
import { ReadGroup } from './read-group.js';
import { refusingAuditor } from './refusing-auditor.js';
import type { FindOptions, SortSpec, Store, SupportCollection } from './store.js';
import {
  type Claim,
  ClaimTaken,
  ConditionMatched,
  type Filter,
  VersionConflict,
  type WritePlan,
} from './write-plan.js';
import { withinTime } from './within-time.js';

export interface MongoStoreOptions {
  readonly auditor: Auditor;
  /** Time limit of a read on the database, ms. */
  readonly readTimeoutMs?: number;
  /** Time limit of a write with all its retries, ms. */
  readonly writeTimeoutMs?: number;
}

const MAX_TIME_EXPIRED = 50;
/** What the network may take beyond the time limit on the database, ms. */
const NETWORK_MS = 1_000;
/** A batch of the seed may take longer than any request. */
const LOAD_MS = 120_000;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const nameOf = (error: unknown): string => (error as { name?: string } | null)?.name ?? '';

/** Nobody reads the search values of a result; they are half of a document. */
const WITHOUT_SEARCH = { projection: { s: 0 } } as const;

/** More look-ups than this at once are a query of their own. */
const MOST_SHARED = 16;

/** What {@link StoredHead} leaves out. */
const HEAD = { json: 0, s: 0, k: 0 } as const;

const isVerdict = (error: unknown): boolean =>
  isServiceError(error) ||
  error instanceof VersionConflict ||
  error instanceof ClaimTaken ||
  error instanceof ConditionMatched;

/** Driver and server errors that mean "not now" become 503; whatever else is ours stays as it is. */
function translate(error: unknown): unknown {
  if (isVerdict(error)) return error;
  if (codeOf(error) === MAX_TIME_EXPIRED)
    return new ServiceError({ code: 'timeout' }, { headers: { 'Retry-After': '2' }, cause: error });
  if (codeOf(error) === 11000) return fault('write-conflict');
  const name = nameOf(error);
  if (
    /^Mongo(ServerSelection|Network|NetworkTimeout|NotConnected|PoolCleared|WaitQueueTimeout|WriteConcern|TopologyClosed)/.test(
      name,
    )
  )
    return unavailable(5, error);
  const labels = (error as mongo.MongoError | null)?.errorLabels ?? [];
  return labels.includes('TransientTransactionError') || labels.includes('UnknownTransactionCommitResult')
    ? unavailable(2, error)
    : error;
}

/** Store on a MongoDB replica set (design.md 3.2 to 3.4). */
export class MongoStore implements Store {
  readonly auditor: Auditor;
  readonly #client: mongo.MongoClient;
  readonly #db: mongo.Db;
  readonly #readTimeoutMs: number;
  readonly #writeTimeoutMs: number;
  readonly #plans: PlanGroup;
  readonly #reads = new Map<string, ReadGroup<FoundResource>>();
  readonly #heads = new Map<string, ReadGroup<StoredHead>>();

  constructor(connection: Connection, options: MongoStoreOptions) {
    const { db } = connection;
    if (!db) throw new Error('the MongoDB connection is not open');
    this.#client = connection.getClient();
    this.#db = db;
    this.auditor = options.auditor;
    this.#readTimeoutMs = options.readTimeoutMs ?? 5_000;
    this.#writeTimeoutMs = options.writeTimeoutMs ?? 10_000;
    this.#plans = new PlanGroup({
      alone: (plan) => executePlan(this.#client, this.#db, plan),
      together: (plans) => executeTogether(this.#client, this.#db, plans),
    });
  }

  async #guarded<T>(work: () => Promise<T>, limitMs = this.#readTimeoutMs): Promise<T> {
    try {
      return await withinTime(limitMs + NETWORK_MS, work());
    } catch (error) {
      throw translate(error);
    }
  }

  #resources(type: string): mongo.Collection<StoredResource> {
    return this.#db.collection<StoredResource>(type);
  }

  async #found<T>(type: string, ids: readonly string[], projection: mongo.Document): Promise<T[]> {
    const options = { projection, maxTimeMS: this.#readTimeoutMs };
    const [id] = ids;
    if (ids.length > 1 || id === undefined)
      return this.#resources(type)
        .find({ _id: { $in: [...ids] } }, options)
        .toArray() as Promise<T[]>;
    const found = await this.#resources(type).findOne<T>({ _id: id }, options);
    return found ? [found] : [];
  }

  /** Look-ups by id of one type and form, gathered. */
  #group<T extends { readonly _id: string }>(
    groups: Map<string, ReadGroup<T>>,
    type: string,
    projection: mongo.Document,
  ): ReadGroup<T> {
    const group = groups.get(type) ?? new ReadGroup<T>((ids) => this.#found<T>(type, ids, projection));
    groups.set(type, group);
    return group;
  }

  read(type: string, id: string): Promise<FoundResource | undefined> {
    return this.#guarded(() => this.#group(this.#reads, type, WITHOUT_SEARCH.projection).one(id));
  }

  readMany(type: string, ids: readonly string[]): Promise<FoundResource[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#guarded(() => this.#found<FoundResource>(type, ids, WITHOUT_SEARCH.projection));
  }

  heads(type: string, ids: readonly string[]): Promise<StoredHead[]> {
    if (ids.length === 0) return Promise.resolve([]);
    if (ids.length > MOST_SHARED) return this.#guarded(() => this.#found<StoredHead>(type, ids, HEAD));
    return this.#guarded(() => this.#group(this.#heads, type, HEAD).many(ids));
  }

  readVersion(type: string, id: string, version: number): Promise<HistoryEntry | undefined> {
    return this.#guarded(async () => {
      const found = await this.#db
        .collection<HistoryEntry>('history')
        .findOne({ _id: `${type}/${id}/${version}` }, { maxTimeMS: this.#readTimeoutMs });
      return found ?? undefined;
    });
  }

  history(
    type: string,
    id: string,
    options: { before?: number; limit: number; mostText?: number },
  ): Promise<HistoryEntry[]> {
    const filter = { type, id, ...(options.before === undefined ? {} : { vid: { $lt: options.before } }) };
    const how = { sort: { vid: -1 }, limit: options.limit, maxTimeMS: this.#readTimeoutMs } as const;
    return this.#guarded(async () => {
      const found = this.#db.collection<HistoryEntry>('history').find(filter, how);
      return (await readBounded(found, options.mostText ?? MOST_TEXT)).rows;
    });
  }

  #cursor(type: string, filter: Filter, options: FindOptions): mongo.FindCursor<FoundResource> {
    const { sort, limit, maxTimeMS = this.#readTimeoutMs, hint, signal } = options;
    return this.#resources(type).find(
      { ...filter, del: false },
      {
        limit,
        maxTimeMS,
        ...WITHOUT_SEARCH,
        ...(sort ? { sort: { ...sort } } : {}),
        ...(hint ? { hint } : {}),
        ...(signal ? { signal } : {}),
      },
    );
  }

  find(type: string, filter: Filter, options: FindOptions): Promise<FoundResource[]> {
    return this.#guarded(async () => {
      const { rows, complete } = await readBounded(this.#cursor(type, filter, options), options.mostText ?? MOST_TEXT);
      if (complete) return rows;
      throw fault('too-costly', { advice: `_count, _type, _since (${type} > ${options.mostText ?? MOST_TEXT} bytes)` });
    }, options.maxTimeMS);
  }

  count(type: string, filter: Filter, options: { limit?: number; signal?: AbortSignal } = {}): Promise<number> {
    return this.#guarded(() =>
      this.#resources(type).countDocuments({ ...filter, del: false }, { maxTimeMS: this.#readTimeoutMs, ...options }),
    );
  }

  explain(type: string, filter: Filter, options: FindOptions): Promise<mongo.Document> {
    return this.#guarded(() => this.#cursor(type, filter, options).explain('executionStats'), options.maxTimeMS);
  }

  findAudits(filter: Filter, options: { sort?: SortSpec; limit: number }): Promise<AuditRecord[]> {
    const { sort, limit } = options;
    return this.#guarded(() =>
      this.#db
        .collection<AuditRecord>('audit')
        .find({ ...filter }, { limit, maxTimeMS: this.#readTimeoutMs, ...(sort ? { sort: { ...sort } } : {}) })
        .toArray(),
    );
  }

  countAudits(filter: Filter, options: { limit?: number } = {}): Promise<number> {
    return this.#guarded(() =>
      this.#db.collection('audit').countDocuments({ ...filter }, { maxTimeMS: this.#readTimeoutMs, ...options }),
    );
  }

  readAudit(id: string): Promise<AuditRecord | undefined> {
    return this.#guarded(async () => {
      const found = await this.#db.collection<AuditRecord>('audit').findOne({ _id: id });
      return found ?? undefined;
    });
  }

  claimHolder(kind: string, value: string): Promise<{ ref: string; own?: string } | undefined> {
    return this.#guarded(async () => {
      const found = await this.#db.collection<StoredClaim>('claims').findOne({ _id: keyHash(kind, value) });
      return found ? { ref: found.ref, ...(found.own === undefined ? {} : { own: found.own }) } : undefined;
    });
  }

  async write(plan: WritePlan): Promise<void> {
    if (plan.audit.length === 0) throw fault('internal', { request: plan.requestId });
    assertFits(plan);
    const records = this.auditor.stamp(plan.audit);
    const limit = this.#writeTimeoutMs;
    const stamped = { plan, audit: records, deadline: performance.now() + limit };
    try {
      await withinTime(limit + NETWORK_MS, this.#plans.add(stamped));
    } catch (error) {
      if (!isVerdict(error) && (await this.#landed(records))) return this.auditor.committed(records);
      this.auditor.aborted(records);
      throw translate(error);
    }
    this.auditor.committed(records);
  }

  /** After an error that leaves the outcome open, asks the database whether the transaction took place. */
  async #landed(records: readonly AuditRecord[]): Promise<boolean> {
    const first = records[0];
    if (!first) return false;
    try {
      return (await this.readAudit(first._id)) !== undefined;
    } catch {
      return false;
    }
  }

  load(
    type: string,
    documents: readonly StoredResource[],
    requestId: string,
    claims: readonly Claim[] = [],
  ): Promise<number> {
    if (documents.length === 0) return Promise.resolve(0);
    return this.#guarded(() => loadDocuments(this.#db, { type, documents, requestId, claims }), LOAD_MS);
  }

  async next(counter: string): Promise<number> {
    return this.#guarded(async () => {
      const row = await this.#db
        .collection<{ _id: string; n: number }>('counters')
        .findOneAndUpdate({ _id: counter }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });
      if (!row) throw unavailable(2);
      return row.n;
    });
  }

  support<T extends mongo.Document>(name: SupportCollection): mongo.Collection<T> {
    return this.#db.collection<T>(name);
  }

  async ping(): Promise<void> {
    await this.#guarded(async () => {
      const hello = await this.#db.admin().command({ hello: 1, maxTimeMS: 1_000 }, { timeoutMS: 1_000 });
      if (hello['isWritablePrimary'] !== true) throw unavailable(5);
    });
  }
}

/** Store on an open connection. Without an auditor it can be read, and resources cannot be written. */
export const openStore = (connection: Connection, auditor: Auditor = refusingAuditor): Store =>
  new MongoStore(connection, { auditor });
