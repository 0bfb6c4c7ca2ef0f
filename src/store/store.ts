import type { mongo } from 'mongoose';
import type { Auditor } from './auditor.js';
import type { FoundLink, FoundResource, HistoryEntry, RebuiltValues, StoredHead, StoredResource } from './envelope.js';
import type { AcrossOptions, TypedRow } from './find-across.js';
import type { JobStore } from './job-store.js';
import type { ResourceWalks } from './resource-walks.js';
import type { AuditRecord } from './audit-record.js';
import type { Claim, ClaimNotes, Filter, WritePlan } from './write-plan.js';

/** Order of a result: field of the envelope -> direction. */
export type SortSpec = Readonly<Record<string, 1 | -1>>;

export interface FindOptions {
  readonly sort?: SortSpec;
  readonly limit: number;
  /** Time limit on the database in ms; the store's default when absent. */
  readonly maxTimeMS?: number;
  /** FHIR text that is gathered at most, bytes; more is 400 `too-costly`. The store's default when absent. */
  readonly mostText?: number;
  /** True when the references of each row are wanted (`s.ref`). */
  readonly references?: boolean;
  /** Name or keys of the index to use. */
  readonly hint?: string;
  /** Aborts the query when the client leaves. */
  readonly signal?: AbortSignal;
}

/** How rows are found that only link one resource with another. */
export type LinkOptions = Pick<FindOptions, 'limit' | 'references' | 'signal'>;
/** Who holds a claimed value. */
export interface ClaimHolder extends ClaimNotes {
  readonly ref: string;
  readonly own?: string;
}

export interface VersionOptions {
  readonly limit: number;
  /** Time limit on the database in ms; the store's default when absent. */
  readonly maxTimeMS?: number;
  /** FHIR text that is gathered at most, bytes; what is left out comes on the next page. */
  readonly mostText?: number;
  /** Name of the index to use. */
  readonly hint?: string;
  /** Aborts the query when the client leaves. */
  readonly signal?: AbortSignal;
}

export interface VersionPage {
  /** Newest first: by `lu`, then by `_id`, both falling. */
  readonly rows: readonly HistoryEntry[];
  /** True when more follow. */
  readonly more: boolean;
}

/** Does anything current match? */
export interface MatchQuestion {
  readonly type: string;
  readonly filter: Filter;
}

/** Small collections that are not FHIR resources. */
export type SupportCollection =
  | 'accounts'
  | 'keys'
  | 'oidc'
  | 'settings'
  | 'positions'
  | 'counters'
  | 'catalogues'
  | 'statistics'
  | 'questions'
  | 'sessions'
  | 'attempts'
  | 'activations'
  | 'subscribers'
  | 'imports'
  | 'import_lines'
  | 'deadlines'
  | 'proofs';

/** All of the service's dealings with MongoDB. Nothing outside `src/store` knows mongoose. */
export interface Store {
  readonly auditor: Auditor;
  /** Work that is asked for now and fetched later: exports, asynchronous Bundles. */
  readonly jobs: JobStore;
  /** Long walks through what is stored. */
  readonly walks: ResourceWalks;
  /** Longest time between `lu` of a version and its commit, ms: what is older and not there will not come. */
  readonly mostWriteMs: number;
  /** Current version, deleted ones included. */
  read(type: string, id: string): Promise<FoundResource | undefined>;
  /** Current versions by id, in no order; unknown ids are absent. */
  readMany(type: string, ids: readonly string[]): Promise<FoundResource[]>;
  /** Envelopes without text and search values, for decisions about existence, version and relation. */
  heads(type: string, ids: readonly string[]): Promise<StoredHead[]>;
  readVersion(type: string, id: string, version: number): Promise<HistoryEntry | undefined>;
  /**
   * Versions of one resource, newest first, below version `before` when given; fewer than `limit` when their texts are
   * large (`mostText` bytes). Version 1 is the last. `since` and `until` bound the time of the versions.
   */
  history(
    type: string,
    id: string,
    options: { before?: number; since?: Date; until?: Date; limit: number; mostText?: number },
  ): Promise<HistoryEntry[]>;
  /** Current, not deleted resources that match. */
  find(type: string, filter: Filter, options: FindOptions): Promise<FoundResource[]>;
  /** The same rows without their texts, in no order: ids, and references where they are asked for. */
  findLinks(type: string, filter: Filter, options: LinkOptions): Promise<FoundLink[]>;
  /** Number of matches, counted up to `limit`. */
  count(type: string, filter: Filter, options?: { limit?: number; signal?: AbortSignal }): Promise<number>;
  /** Query plan (`executionStats`) of a find, for tests and operators. */
  explain(
    type: string,
    filter: Filter,
    options: FindOptions,
    verbosity?: 'queryPlanner' | 'executionStats',
  ): Promise<mongo.Document>;
  /** Holder of a claimed value. */
  claimHolder(kind: string, value: string): Promise<ClaimHolder | undefined>;
  /** Holders of claimed values: hash of kind and value (`keyHash`) -> `Type/id`; what nobody holds is absent. */
  claimHolders(claims: readonly Pick<Claim, 'kind' | 'value'>[]): Promise<ReadonlyMap<string, string>>;
  /** Versions of many resources that match (filter on `HistoryEntry`), newest first. */
  versions(filter: Filter, options: VersionOptions): Promise<VersionPage>;
  /** `lu` of versions by their name `Type/id/version`; unknown ones are absent. */
  versionTimes(names: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /**
   * Current, not deleted resources of several types that match one filter, in no order, up to `limit` of each; `complete` is
   * false when there was more text than `mostText` bytes.
   */
  findAcross(
    types: readonly string[],
    filter: Filter,
    options: Omit<AcrossOptions, 'maxTimeMS'>,
  ): Promise<{ readonly rows: readonly TypedRow[]; readonly complete: boolean }>;
  /** Ids of what matches each question, two at most, in the order of the questions: one look-up for many. */
  matchEach(questions: readonly MatchQuestion[]): Promise<readonly (readonly string[])[]>;
  /**
   * Carries out a plan in one transaction, `w: majority`.
   * Throws VersionConflict, ClaimTaken, ConditionMatched (nothing written), or ServiceError 503/409.
   */
  write(plan: WritePlan): Promise<void>;
  /**
   * Raw insert of already valid documents for the seed: unordered native batches with history and claims,
   * documents that exist are skipped. Returns how many were new. No audit: the loader writes one record for all.
   */
  load(
    type: string,
    documents: readonly StoredResource[],
    requestId: string,
    claims?: readonly Claim[],
  ): Promise<number>;
  /**
   * Puts other search values, sort scalars or work scalars in the place of those of current versions; a row whose resource has another
   * version by now is left alone. Nothing else changes, and nothing is recorded. Returns how many were replaced.
   */
  replaceSearchValues(type: string, rows: readonly RebuiltValues[]): Promise<number>;
  /** Audit records that match (filter on `AuditRecord`). */
  findAudits(filter: Filter, options: { sort?: SortSpec; limit: number }): Promise<AuditRecord[]>;
  countAudits(filter: Filter, options?: { limit?: number }): Promise<number>;
  readAudit(id: string): Promise<AuditRecord | undefined>;
  /** Next value of a named counter (1, 2, ...), for human-readable numbers; gaps are allowed. */
  next(counter: string): Promise<number>;
  support<T extends mongo.Document>(name: SupportCollection): mongo.Collection<T>;
  /** Fast primary ping for /readyz, throws when it fails within 1 s. */
  ping(): Promise<void>;
}
