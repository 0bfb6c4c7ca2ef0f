import { ensureIndexes } from '../ensure-indexes.js';
import type { Migration } from './migration.js';
import { rebuildAllWork } from './rebuild-all-work.js';

/**
 * Lists of work go by the start of the appointment, the first date and the place in the queue: the work scalars of all legs
 * are computed anew. A leg that a process of the release before writes during the change stands first among its equals until its
 * next move. The index `work` stays for such processes.
 */
export const workScalars: Migration = {
  number: 5,
  name: 'work-scalars',
  up: async (context) => {
    await ensureIndexes(context.db, context.catalogue, context.progress);
    await rebuildAllWork(context, 'work-scalars-5');
  },
};
