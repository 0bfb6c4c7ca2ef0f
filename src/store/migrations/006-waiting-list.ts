import { ensureIndexes } from '../ensure-indexes.js';
import type { Migration } from './migration.js';
import { rebuildAllWork } from './rebuild-all-work.js';

const INDEX_NOT_FOUND = 27;

/**
 * The waiting list goes by the first date, those first who have waited longer than the whole waiting may last: the work scalars of
 * all legs are computed anew. A leg that a process of the release before writes during the change counts as one that has not
 * waited too long, until its next move; such processes go on with the index `queue`. The index `work` of the releases before
 * migration 5 is used by nobody any more and goes.
 */
export const waitingList: Migration = {
  number: 6,
  name: 'waiting-list',
  up: async (context) => {
    const { db, catalogue, progress } = context;
    await ensureIndexes(db, catalogue, progress);
    await rebuildAllWork(context, 'waiting-list-6');
    if (!catalogue.some(({ name }) => name === 'Task')) return;
    await db
      .collection('Task')
      .dropIndex('work')
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== INDEX_NOT_FOUND) throw error;
      });
  },
};
