import type { Connection, mongo } from 'mongoose';
import { fault, unavailable } from '../errors.js';
import { assertFits } from './assert-fits.js';
import type { AuditRecord } from './audit-record.js';
import type { Auditor } from './auditor.js';
import type { FoundLink, FoundResource, HistoryEntry, RebuiltValues, StoredHead, StoredResource } from './envelope.js';
import { executePlan, executeTogether, type StoredClaim } from './execute-plan.js';
import { findAcross } from './find-across.js';
import { IdLookups } from './id-lookups.js';
import { keyHash } from './ids.js';
import { JobStore } from './job-store.js';
import { loadDocuments } from './load-documents.js';
import { PlanGroup } from './plan-group.js';
import { WITH_REFERENCES, WITHOUT_SEARCH } from './projections.js';
import { MOST_TEXT, readBounded } from './read-bounded.js';
import { ResourceWalks } from './resource-walks.js';
import { refusingAuditor } from './refusing-auditor.js';
import { replaceSearchValues } from './replace-search-values.js';
import type {
  ClaimHolder,
  FindOptions,
  LinkOptions,
  MatchQuestion,
  SortSpec,
  Store,
  SupportCollection,
  VersionOptions,
  VersionPage,
} from './store.js';
import { isVerdict, translateError } from './translate-error.js';
import { findVersions, matchEach, versionTimes } from './version-queries.js';
import type { Claim, Filter, WritePlan } from './write-plan.js';
import { withinTime } from './within-time.js';

export interface MongoStoreOptions {
  readonly auditor: Auditor;
  /** Time limit of a read on the database, ms. */
  readonly readTimeoutMs?: number;
  /** Time limit of a write with all its retries, ms. */
  readonly writeTimeoutMs?: number;
}

/** What the network may take beyond the time limit on the database, ms. */
const NETWORK_MS = 1_000;
/** A batch of the seed may take longer than any request. */
const LOAD_MS = 120_000;

/** Store on a MongoDB replica set (design.md 3.2 to 3.4). */
export class MongoStore implements Store {
  readonly auditor: Auditor;
  readonly jobs: JobStore;
  readonly walks: ResourceWalks;
  readonly mostWriteMs: number;
  readonly #client: mongo.MongoClient;
  readonly #db: mongo.Db;
  readonly #readTimeoutMs: number;
  readonly #writeTimeoutMs: number;
  readonly #plans: PlanGroup;
  readonly #lookups: IdLookups;

  constructor(connection: Connection, options: MongoStoreOptions) {
    const { db } = connection;
    if (!db) throw new Error('the MongoDB connection is not open');
    this.#client = connection.getClient();
    this.#db = db;
    this.auditor = options.auditor;
    this.jobs = new JobStore(db);
    this.#readTimeoutMs = options.readTimeoutMs ?? 5_000;
    this.#writeTimeoutMs = options.writeTimeoutMs ?? 10_000;
    this.#lookups = new IdLookups(db, this.#readTimeoutMs);
    this.mostWriteMs = this.#writeTimeoutMs + NETWORK_MS;
    this.walks = new ResourceWalks(db);
    this.#plans = new PlanGroup({
      alone: (plan) => executePlan(this.#client, this.#db, plan),
      together: (plans) => executeTogether(this.#client, this.#db, plans),
    });
  }

  async #guarded<T>(work: () => Promise<T>, limitMs = this.#readTimeoutMs): Promise<T> {
    try {
      return await withinTime(limitMs + NETWORK_MS, work());
    } catch (error) {
      throw translateError(error);
    }
  }

  #resources(type: string): mongo.Collection<StoredResource> {
    return this.#db.collection<StoredResource>(type);
  }

  read(type: string, id: string): Promise<FoundResource | undefined> {
    return this.#guarded(() => this.#lookups.read(type, id));
  }

  readMany(type: string, ids: readonly string[]): Promise<FoundResource[]> {
    return this.#guarded(() => this.#lookups.readMany(type, ids));
  }

  heads(type: string, ids: readonly string[]): Promise<StoredHead[]> {
    return this.#guarded(() => this.#lookups.heads(type, ids));
  }

  readVersion(type: string, id: string, version: number): Promise<HistoryEntry | undefined> {
    return this.#guarded(async () => {
      const found = await this.#db
        .collection<HistoryEntry>('history')
        .findOne({ _id: `${type}/${id}/${version}` }, { maxTimeMS: this.#readTimeoutMs });
      return found ?? undefined;
    });
  }

  history(type: string, id: string, options: Parameters<Store['history']>[2]): Promise<HistoryEntry[]> {
    const { before, since, until } = options;
    const times = { ...(since ? { $gte: since } : {}), ...(until ? { $lte: until } : {}) };
    const filter = {
      type,
      id,
      ...(before === undefined ? {} : { vid: { $lt: before } }),
      ...((since ?? until) ? { lu: times } : {}),
    };
    const how = { sort: { vid: -1 }, limit: options.limit, maxTimeMS: this.#readTimeoutMs } as const;
    return this.#guarded(async () => {
      const found = this.#db.collection<HistoryEntry>('history').find(filter, how);
      return (await readBounded(found, options.mostText ?? MOST_TEXT)).rows;
    });
  }

  #cursor(type: string, filter: Filter, options: FindOptions): mongo.FindCursor<FoundResource> {
    const { sort, limit, maxTimeMS = this.#readTimeoutMs, references = false, hint, signal } = options;
    return this.#resources(type).find(
      { ...filter, del: false },
      {
        limit,
        maxTimeMS,
        ...(references ? WITH_REFERENCES : WITHOUT_SEARCH),
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

  findAcross(...[types, filter, options]: Parameters<Store['findAcross']>): ReturnType<Store['findAcross']> {
    return this.#guarded(() => findAcross(this.#db, types, filter, { ...options, maxTimeMS: this.#readTimeoutMs }));
  }

  findLinks(type: string, filter: Filter, options: LinkOptions): Promise<FoundLink[]> {
    const { references = false, ...how } = options;
    const projection = references ? { 's.ref': 1 } : { _id: 1 };
    const whole = { ...how, projection, maxTimeMS: this.#readTimeoutMs };
    return this.#guarded(() =>
      this.#resources(type)
        .find<FoundLink>({ ...filter, del: false }, whole)
        .toArray(),
    );
  }

  count(type: string, filter: Filter, options: { limit?: number; signal?: AbortSignal } = {}): Promise<number> {
    return this.#guarded(() =>
      this.#resources(type).countDocuments({ ...filter, del: false }, { maxTimeMS: this.#readTimeoutMs, ...options }),
    );
  }

  explain(
    type: string,
    filter: Filter,
    options: FindOptions,
    verbosity: 'queryPlanner' | 'executionStats' = 'executionStats',
  ): Promise<mongo.Document> {
    return this.#guarded(() => this.#cursor(type, filter, options).explain(verbosity), options.maxTimeMS);
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

  claimHolder(kind: string, value: string): Promise<ClaimHolder | undefined> {
    return this.#guarded(async () => {
      const found = await this.#db.collection<StoredClaim>('claims').findOne({ _id: keyHash(kind, value) });
      if (!found) return undefined;
      const { _id, k: _kind, ...holder } = found;
      return holder;
    });
  }

  versions(filter: Filter, options: VersionOptions): Promise<VersionPage> {
    return this.#guarded(() => findVersions(this.#db, filter, { maxTimeMS: this.#readTimeoutMs, ...options }));
  }

  versionTimes(names: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    return this.#guarded(() => versionTimes(this.#db, names, this.#readTimeoutMs));
  }

  matchEach(questions: readonly MatchQuestion[]): Promise<readonly (readonly string[])[]> {
    return this.#guarded(() => matchEach(this.#db, questions, this.#readTimeoutMs));
  }

  async claimHolders(claims: readonly Pick<Claim, 'kind' | 'value'>[]): Promise<ReadonlyMap<string, string>> {
    if (claims.length === 0) return new Map();
    return this.#guarded(async () => {
      const ids = claims.map(({ kind, value }) => keyHash(kind, value));
      const held = this.#db.collection<StoredClaim>('claims').find({ _id: { $in: ids } });
      return new Map((await held.toArray()).map(({ _id, ref }) => [_id, ref]));
    });
  }

  async write(plan: WritePlan): Promise<void> {
    if (plan.audit.length === 0) throw fault('internal', { request: plan.requestId });
    assertFits(plan);
    const records = this.auditor.stamp(plan.audit);
    const limit = plan.timeoutMs ?? this.#writeTimeoutMs;
    const stamped = { plan, audit: records, deadline: performance.now() + limit };
    try {
      await withinTime(limit + NETWORK_MS, this.#plans.add(stamped));
    } catch (error) {
      if (!isVerdict(error) && (await this.#landed(records))) return this.auditor.committed(records);
      this.auditor.aborted(records);
      throw translateError(error);
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

  replaceSearchValues(type: string, rows: readonly RebuiltValues[]): Promise<number> {
    return this.#guarded(() => replaceSearchValues(this.#resources(type), rows), LOAD_MS);
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
      const hello = await this.#db.admin().command({ hello: 1, maxTimeMS: 1_000 });
      if (hello['isWritablePrimary'] !== true) throw unavailable(5);
    });
  }
}

/** Store on an open connection. Without an auditor it can be read, and resources cannot be written. */
export const openStore = (connection: Connection, auditor: Auditor = refusingAuditor): Store =>
  new MongoStore(connection, { auditor });
