import type { mongo } from 'mongoose';
import type { Progress } from '../../progress.js';
import type { Catalogue } from '../index-catalogue.js';

export interface MigrationContext {
  readonly db: mongo.Db;
  readonly catalogue: Catalogue;
  readonly progress: Progress;
  /** Aborts when another process has taken over: a long migration stops at it. */
  readonly lost: AbortSignal;
}

/** One numbered change of the stored data. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Must be able to run again after it was cut off. */
  up(context: MigrationContext): Promise<void>;
}
