import type { mongo } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../errors.js';

export interface TransactionOptions {
  /** Time for all tries together, in ms. */
  readonly deadlineMs: number;
  /** Do not try again what fails for a reason that will pass. */
  readonly once?: boolean;
}

const hasLabel = (error: unknown, label: string): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'hasErrorLabel' in error &&
  (error as mongo.MongoError).hasErrorLabel(label);

/** True for the error of a transaction that has certainly not taken place and may be tried again. */
export const isTransient = (error: unknown): boolean => hasLabel(error, 'TransientTransactionError');

async function commit(session: mongo.ClientSession, deadline: number): Promise<void> {
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!hasLabel(error, 'UnknownTransactionCommitResult') || performance.now() > deadline) throw error;
      await sleep(10);
    }
  }
}

/**
 * Runs a body in one transaction (snapshot reads, majority journaled commit) and retries transient failures
 * until the deadline. The driver's own `withTransaction` retries for two minutes and its `timeoutMS` has no
 * effect in 7.8, so the loop is ours. The body may run several times: no side effects outside the session.
 * Throws what the body throws (nothing written), or ServiceError 503 when the deadline passes.
 */
export async function runTransaction(
  client: mongo.MongoClient,
  options: TransactionOptions,
  body: (session: mongo.ClientSession) => Promise<void>,
): Promise<void> {
  const deadline = performance.now() + options.deadlineMs;
  const session = client.startSession();
  try {
    for (let attempt = 0; ; attempt += 1) {
      const left = deadline - performance.now();
      if (left <= 0) throw unavailable(2);
      session.startTransaction({
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
        maxCommitTimeMS: Math.max(1, Math.ceil(left)),
      });
      try {
        await body(session);
        await commit(session, deadline);
        return;
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
        if (options.once || !isTransient(error)) throw error;
      }
      await sleep(Math.min(50, 2 ** Math.min(attempt, 5)) * Math.random());
    }
  } finally {
    await session.endSession();
  }
}
