import type { AuditDraft } from './audit-record.js';
import type { PatientRelation, StoredResource } from './envelope.js';
import type { SupportCollection } from './store.js';

/** A MongoDB filter made by our own code (never by a client). */
export type Filter = Readonly<Record<string, unknown>>;

/** One new version of one resource. */
export interface ResourceWrite {
  readonly method: 'create' | 'update' | 'delete';
  readonly type: string;
  /** The new version. For a delete: `del: true`, empty text and search values. */
  readonly doc: StoredResource;
  /** Version that must be current (update, delete). */
  readonly replaces?: number;
}

/** What a claim remembers beside its holder. */
export interface ClaimNotes {
  /** Bucket of a resource whose id the client gave: the id does not tell it. */
  readonly b?: string;
  /** Fingerprint of the request that used an idempotency key. */
  readonly print?: string;
  /** The claim goes then; absent: it stays as long as its holder has the value. */
  readonly expiresAt?: Date;
}

/** A value that may exist once: the database refuses a second one (design.md 3.4). */
export interface Claim {
  /** Kind shown to people, for example `dni`, `referencia`, `placer`, `slot`, `idempotency-key`. */
  readonly kind: string;
  readonly value: string;
  /** `Type/id` of the holder. */
  readonly ref: string;
  /** Facility of the holder, where it matters who claims again. */
  readonly own?: string;
  readonly notes?: ClaimNotes;
}

/** A condition checked inside the transaction under a lock: refuse the write when anything matches. */
export interface AbsenceCondition {
  /** Canonical text of the condition; its hash is the lock. */
  readonly key: string;
  readonly type: string;
  readonly filter: Filter;
}

/** A row of one of the service's small collections that is written together with the resources. */
export interface SupportRow {
  readonly collection: SupportCollection;
  /** The whole row; it takes the place of one with the same `_id`. */
  readonly row: Readonly<Record<string, unknown>> & { readonly _id: string };
}

/** A document that was read for a decision and must not change before the write commits. */
export interface VersionGuard {
  readonly type: string;
  readonly id: string;
  readonly vid: number;
}

/**
 * All that one write does, decided beforehand; the store carries it out in one transaction (design.md 3.4):
 * conditions, guards, claims, current versions, history, relations, audit records. All or nothing, `w: majority`.
 */
export interface WritePlan {
  readonly writes: readonly ResourceWrite[];
  readonly claims?: readonly Claim[];
  /** Values set free; only those that their `ref` holds. */
  readonly releases?: readonly Claim[];
  readonly absent?: readonly AbsenceCondition[];
  readonly guards?: readonly VersionGuard[];
  /** Relations to add to patients that are not written by this plan (no new version of the Patient). */
  readonly relations?: readonly { readonly patient: string; readonly relation: PatientRelation }[];
  /** Deletions before which all versions go for good; to be held by a guard. */
  readonly purges?: readonly VersionGuard[];
  /** Rows beside the resources: how far an import has come. */
  readonly support?: readonly SupportRow[];
  /** At least one record: a write without an audit record is refused. */
  readonly audit: readonly AuditDraft[];
  readonly requestId: string;
  /** Time limit of the write with all its retries, ms; the store's own when absent. */
  readonly timeoutMs?: number;
}

/** Thrown by the store when the expected version is not current. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(
    readonly type: string,
    readonly id: string,
    /** Current version; undefined when the resource does not exist (any more). */
    readonly current: number | undefined,
  ) {
    super(`${type}/${id} is at version ${current ?? 'none'}`);
  }
}

/** Thrown by the store when a claimed value is taken. */
export class ClaimTaken extends Error {
  override readonly name = 'ClaimTaken';
  constructor(readonly claim: Claim) {
    super(`${claim.kind} is taken by ${claim.ref}`);
  }
}

/** Thrown by the store when an absence condition matches. */
export class ConditionMatched extends Error {
  override readonly name = 'ConditionMatched';
  constructor(
    readonly key: string,
    /** Ids found, two at most. */
    readonly ids: readonly string[],
  ) {
    super(`condition ${key} matches ${ids.join(', ')}`);
  }
}
