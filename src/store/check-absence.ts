import type { mongo } from 'mongoose';
import { askAgain, isTaken, MAJORITY } from './ask-again.js';
import type { StoredResource } from './envelope.js';
import { keyHash } from './ids.js';
import { type AbsenceCondition, ConditionMatched } from './write-plan.js';

/**
 * Another transaction holds the lock of a condition, or the snapshot shows a match that a majority may not have yet: what
 * holds is known when the other transaction has ended.
 */
export class ConditionUnsettled extends Error {
  override readonly name = 'ConditionUnsettled';
  constructor(readonly condition: AbsenceCondition) {
    super(`condition ${condition.key} is not settled`);
  }
}

/** Lock of a condition. */
interface ConditionLock {
  readonly _id: string;
  readonly n: number;
  /** Server time; the index catalogue says after how long the document goes. */
  readonly usedAt: Date;
}

/** Ids of what matches a condition, two at most. */
async function matchesOf(db: mongo.Db, condition: AbsenceCondition, options: mongo.FindOptions): Promise<string[]> {
  const found = await db
    .collection<StoredResource>(condition.type)
    .find({ ...condition.filter, del: false }, { ...options, limit: 2, projection: { _id: 1 } })
    .toArray();
  return found.map(({ _id }) => _id);
}

/**
 * Checks conditions inside a transaction, each under its lock: two writers of one condition write one document, and
 * whoever comes second, or with an older snapshot, fails.
 * @throws ConditionUnsettled when something matches or somebody else is at it: {@link awaitMatch} tells which
 */
export async function checkAbsence(
  db: mongo.Db,
  session: mongo.ClientSession,
  conditions: readonly AbsenceCondition[],
): Promise<void> {
  for (const condition of conditions) {
    const _id = keyHash('condition', condition.key);
    try {
      await db
        .collection<ConditionLock>('locks')
        .updateOne({ _id }, { $inc: { n: 1 }, $currentDate: { usedAt: true } }, { upsert: true, session });
    } catch (error) {
      if (isTaken(error)) throw new ConditionUnsettled(condition);
      throw error;
    }
    if ((await matchesOf(db, condition, { session })).length > 0) throw new ConditionUnsettled(condition);
  }
}

/** Waits for the transaction that stands in the way: what it left that matches, or undefined when the condition may be tried again. */
export const awaitMatch = (
  db: mongo.Db,
  condition: AbsenceCondition,
  deadline: number,
): Promise<ConditionMatched | undefined> =>
  askAgain(deadline, async () => {
    const ids = await matchesOf(db, condition, MAJORITY);
    return ids.length > 0 ? new ConditionMatched(condition.key, ids) : undefined;
  });
