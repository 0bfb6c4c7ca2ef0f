import type { AuditReport } from '../audit/audit-release.js';
import type { PublishedCounts, TablePlan } from '../table-types.js';
import type { ReleaseFile } from './release-files.js';

/**
 * Way of a release: `draft` when the audit refuses it, `protected` when the audit found nothing, `approved` by a second
 * person, `published` for ever.
 */
export const RELEASE_STATES = ['draft', 'protected', 'approved', 'published'] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

export type ReleaseStep = 'build' | 'approve' | 'publish';

/** Who did what to a release, and when. */
export interface StepEntry {
  readonly step: ReleaseStep;
  readonly by: string;
  readonly at: Date;
}

/** True counts of a closed month, kept as they were when the first release was built: a closed month is frozen. */
export interface SnapshotDocument {
  /** `snapshot|YYYY-MM`. */
  readonly _id: string;
  readonly kind: 'snapshot';
  readonly month: string;
  readonly threshold: number;
  readonly plan: TablePlan;
  readonly counts: readonly (readonly [key: string, count: number])[];
  readonly takenAt: Date;
}

/** One version of one month. */
export interface ReleaseDocument {
  /** `release|YYYY-MM|vN`. */
  readonly _id: string;
  readonly kind: 'release';
  readonly month: string;
  readonly version: number;
  readonly state: ReleaseState;
  readonly threshold: number;
  readonly plan: TablePlan;
  readonly figures: readonly (readonly [key: string, value: number | null])[];
  readonly files: readonly ReleaseFile[];
  readonly report: AuditReport;
  readonly builtBy: string;
  readonly builtAt: Date;
  readonly approvedBy?: string;
  readonly approvedAt?: Date;
  readonly publishedAt?: Date;
  /** All steps, oldest first; what was built over is among them. */
  readonly steps?: readonly StepEntry[];
}

/** What a person saw of a month when they decided: version, state and build of its newest release; empty when nothing is built. */
export const stampOf = (release?: Pick<ReleaseDocument, 'version' | 'state' | 'builtAt'>): string =>
  release ? `v${release.version}-${release.state}-${release.builtAt.getTime()}` : '';

export const snapshotId = (month: string): string => `snapshot|${month}`;
export const releaseId = (month: string, version: number): string => `release|${month}|v${version}`;

/** Figures of a stored release; only protected figures are ever stored in one. */
export const figuresOf = ({ figures }: Pick<ReleaseDocument, 'figures'>): PublishedCounts =>
  new Map(figures) as ReadonlyMap<string, number | null> as PublishedCounts;
