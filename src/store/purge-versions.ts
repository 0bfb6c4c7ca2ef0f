import type { mongo } from 'mongoose';
import type { HistoryEntry } from './envelope.js';
import type { StampedPlan } from './stamped-plan.js';

/**
 * Takes the versions before a deletion away for good; the deletion itself stays, so that the id still answers 410 and the
 * feed still tells of it. That the deletion is current is for the plan's guard to hold.
 */
export async function purgeVersions(
  db: mongo.Db,
  session: mongo.ClientSession,
  plans: readonly StampedPlan[],
): Promise<void> {
  for (const { type, id, vid } of plans.flatMap(({ plan }) => plan.purges ?? []))
    await db.collection<HistoryEntry>('history').deleteMany({ type, id, vid: { $lt: vid } }, { session });
}
