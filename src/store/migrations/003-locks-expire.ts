import { ensureIndexes } from '../ensure-indexes.js';
import type { Migration } from './migration.js';

/** Locks of conditions get the time of their last use and go a day after it; they were kept for ever. */
export const locksExpire: Migration = {
  number: 3,
  name: 'locks-expire',
  up: async ({ db, catalogue, progress }) => {
    // Only locks count their uses; leases do not.
    await db
      .collection('locks')
      .updateMany({ n: { $exists: true }, usedAt: { $exists: false } }, { $currentDate: { usedAt: true } });
    await ensureIndexes(db, catalogue, progress);
  },
};
