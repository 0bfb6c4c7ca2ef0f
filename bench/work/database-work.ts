import type { mongo } from 'mongoose';
import type { FoundResource, HistoryEntry, StoredHead, StoredResource } from '../../src/store/envelope.js';
import { findAcross, type TypedRow } from '../../src/store/find-across.js';
import { WITH_REFERENCES, WITHOUT_SEARCH } from '../../src/store/projections.js';
import type { Filter } from '../../src/store/write-plan.js';
import { type AuditFacts, auditRecord, AuditWriter } from './audit-writer.js';
import { WriteWork } from './write-work.js';
import type { Template } from './template.js';

/** What the work must know beside the request. */
export interface WorkSetting {
  /** Organization id of the calling facility: the policy filter. */
  readonly facility: string;
  readonly create: Template;
  readonly transactions: Readonly<Record<string, readonly Template[]>>;
}

/** A page of a search on the envelope. */
export interface PageRequest {
  readonly type: string;
  readonly filter: Filter;
  readonly sort: Readonly<Record<string, 1 | -1>>;
  readonly count: number;
  /** The references of the rows are wanted too. */
  readonly references?: boolean;
}

const HEAD = { projection: { json: 0, s: 0, k: 0 } } as const;
/** Candidates of one hop of a chain at most. */
const HOP = 5_000;

/**
 * The database work of the scenarios without any FHIR rule: the same statements with the same filters and indexes on the
 * same documents, for the bare handler and the raw driver (design.md 3a.13). Relation look-ups, policy filters and audit
 * are part of it; reading tokens, parsing and checking are not.
 */
export class DatabaseWork {
  readonly writes: WriteWork;
  readonly #db: mongo.Db;
  readonly #audit: AuditWriter;

  constructor(
    client: mongo.MongoClient,
    db: mongo.Db,
    readonly setting: WorkSetting,
  ) {
    this.#db = db;
    this.#audit = new AuditWriter(db);
    this.writes = new WriteWork(client, db, setting);
  }

  #of(type: string): mongo.Collection<StoredResource> {
    return this.#db.collection<StoredResource>(type);
  }

  /** What the facility may see across patients. */
  get reach(): Filter {
    return { acc: { $in: [this.setting.facility] } };
  }

  /** Stores the audit record of a read, in a group. */
  audit(facts: AuditFacts): Promise<void> {
    return this.#audit.write(auditRecord(this.setting.facility, facts));
  }

  /** Current version. Throws when there is none. */
  async read(type: string, id: string): Promise<FoundResource> {
    const found = await this.#of(type).findOne<FoundResource>({ _id: id }, WITHOUT_SEARCH);
    if (!found) throw new Error(`no ${type}/${id}`);
    return found;
  }

  /** Envelope of a resource, as it is looked up for a decision about access. Throws when there is none. */
  async head(type: string, id: string): Promise<StoredHead> {
    const found = await this.#of(type).findOne<StoredHead>({ _id: id }, HEAD);
    if (!found) throw new Error(`no ${type}/${id}`);
    return found;
  }

  /** Rows of a page, and the one after it that tells whether there is a next page. */
  async page({ type, filter, sort, count, references = false }: PageRequest): Promise<FoundResource[]> {
    const form = references ? WITH_REFERENCES : WITHOUT_SEARCH;
    const options = { sort: { ...sort }, limit: count + 1, ...form };
    const rows = await this.#of(type)
      .find<FoundResource>({ ...filter, del: false }, options)
      .toArray();
    return rows.slice(0, count);
  }

  /** Ids, or patient ids, of what matches: one hop of a chain. */
  async hop(type: string, filter: Filter, field: '_id' | 'pt'): Promise<string[]> {
    const options = { projection: field === '_id' ? { _id: 1 } : { _id: 0, pt: 1 }, limit: HOP };
    const rows = await this.#of(type)
      .find<Pick<StoredResource, '_id' | 'pt'>>({ ...filter, del: false }, options)
      .toArray();
    return [...new Set(rows.flatMap((row) => row[field] ?? []))];
  }

  /** Envelopes of several: the relation look-up of a page. */
  async heads(type: string, ids: readonly string[]): Promise<void> {
    await this.#of(type)
      .find({ _id: { $in: [...ids] } }, { projection: { json: 0, s: 0, k: 0 } })
      .toArray();
  }

  /** Current versions by id. */
  async many(type: string, ids: readonly string[]): Promise<FoundResource[]> {
    const filter: Filter = { _id: { $in: [...ids] }, del: false };
    return this.#of(type).find<FoundResource>(filter, WITHOUT_SEARCH).toArray();
  }

  /** All of a patient's resources of these types. */
  async compartment(types: readonly string[], patient: string): Promise<readonly TypedRow[]> {
    const bounds = { limit: 1_001, mostText: 64 * 1_048_576, maxTimeMS: 5_000 };
    return (await findAcross(this.#db, types, { pt: patient }, bounds)).rows;
  }

  /** Versions of a resource, newest first. */
  async history(type: string, id: string): Promise<HistoryEntry[]> {
    return this.#db
      .collection<HistoryEntry>('history')
      .find({ type, id }, { sort: { vid: -1 }, limit: 50 })
      .toArray();
  }
}
