import { setTimeout as sleep } from 'node:timers/promises';
import { isServiceError } from '../../errors.js';
import { ClaimTaken, type SupportRow, VersionConflict } from '../../store/write-plan.js';
import { type Candidate, isCandidate, isReject, type Reject } from './candidate.js';
import { restamped } from './check-line.js';
import type { ImportContext } from './import-context.js';
import { type BatchTale, importPlan } from './import-plan.js';
import { type ImportCounts, parkedRow, rejectedRow } from './import-state.js';
import type { Known } from './known-records.js';
import { settleBatch, type SettledBatch } from './settle-batch.js';

/** A process that was killed leaves a transaction behind which holds its rows for up to a minute (`transactionLifetimeLimitSeconds`). */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 100;
/** `lastUpdated` may be this much older than the start of its write, ms. */
const FRESH_MS = 2_000;

/** A batch that was read, and what to remember of it. */
export interface ReadBatch {
  readonly lines: readonly (Candidate | Reject)[];
  /** `meta.lastUpdated` of its candidates. */
  readonly at: Date;
  readonly tale: BatchTale;
  /** Rows that go along, made from what became of the lines. */
  readonly support: (counts: ImportCounts, settled: SettledBatch) => readonly SupportRow[];
}

/** Another writer was faster, or the database asks to come back. */
const mayRetry = (error: unknown): boolean =>
  error instanceof VersionConflict ||
  error instanceof ClaimTaken ||
  (isServiceError(error) && (error.code === 'write-conflict' || error.status === 503));

async function attempt(context: ImportContext, known: Known, batch: ReadBatch): Promise<ImportCounts> {
  const candidates = batch.lines.filter(isCandidate);
  const settled = await settleBatch(context, known, candidates);
  const rejected = [...batch.lines.filter(isReject), ...settled.rejected];
  const counts = {
    read: batch.lines.length,
    written: settled.accepted.length,
    present: settled.present,
    rejected: rejected.length,
  };
  const at = new Date();
  const late = +at - +batch.at > FRESH_MS;
  const accepted = late ? settled.accepted.map((one) => restamped(context, one, at)) : settled.accepted;
  const support = [...batch.support(counts, settled), ...rejected.map(rejectedRow), ...settled.parked.map(parkedRow)];
  await context.store.write(await importPlan(context, accepted, { support, tale: batch.tale }));
  return counts;
}

/**
 * Writes one batch as one transaction, and decides again when another writer was in the way.
 * @returns what became of its lines; those that were put aside count as read only
 * @throws ServiceError 503 when the database does not take it for a minute and a half: nothing of the batch is written
 */
export async function importBatch(context: ImportContext, known: Known, batch: ReadBatch): Promise<ImportCounts> {
  const started = performance.now();
  for (;;) {
    try {
      return await attempt(context, known, batch);
    } catch (error) {
      if (!mayRetry(error) || performance.now() - started > PATIENCE_MS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
