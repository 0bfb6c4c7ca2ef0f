import type { mongo } from 'mongoose';
import type { Progress } from '../../progress.js';
import type { Catalogue } from '../index-catalogue.js';

type Rebuilding = readonly [
  onProgress: (progress: { readonly done: number; readonly after: string }) => void | Promise<void>,
  options: { readonly after?: string; readonly signal?: AbortSignal },
];

/** Computes the search values of a type anew (src/fhir/search/reindex.ts); the store itself knows no FHIR. */
export type RebuildSearchValues = (type: string, ...how: Rebuilding) => Promise<unknown>;

/** Computes the work scalars of the legs of referrals anew (src/referral/rebuild-work.ts). */
export type RebuildWork = (...how: Rebuilding) => Promise<unknown>;

export interface MigrationContext {
  readonly db: mongo.Db;
  readonly catalogue: Catalogue;
  readonly progress: Progress;
  /** Aborts when another process has taken over: a long migration stops at it. */
  readonly lost: AbortSignal;
  /** Absent where there are no resources to rebuild. */
  readonly rebuildSearchValues?: RebuildSearchValues;
  readonly rebuildWork?: RebuildWork;
}

/** One numbered change of the stored data. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Must be able to run again after it was cut off. */
  up(context: MigrationContext): Promise<void>;
}
