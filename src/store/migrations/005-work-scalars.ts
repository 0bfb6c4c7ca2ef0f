import { ensureIndexes } from '../ensure-indexes.js';
import { loadPosition, savePosition } from '../positions.js';
import type { Migration } from './migration.js';

const CONSUMER = 'work-scalars-5';

/**
 * Lists of work go by the start of the appointment, the first date and the place in the queue: the work scalars of all legs
 * are computed anew. Cut off, it goes on where it was. A leg that a process of the release before writes during the change
 * stands first among its equals until its next move. The index `work` stays for such processes.
 */
export const workScalars: Migration = {
  number: 5,
  name: 'work-scalars',
  up: async ({ db, catalogue, progress, lost, rebuildWork }) => {
    await ensureIndexes(db, catalogue, progress);
    const total = catalogue.some(({ name }) => name === 'Task')
      ? await db.collection('Task').countDocuments({ del: false, w: { $exists: true } })
      : 0;
    if (total === 0) return;
    if (!rebuildWork) throw new Error('nobody can rebuild the work scalars');
    const after = await loadPosition(db, CONSUMER);
    const bar = progress.bar({ es: 'Listas de trabajo', en: 'Lists of work' }, 'recursos', total);
    try {
      await rebuildWork(
        async (at) => {
          bar.update(at.done, total);
          await savePosition(db, CONSUMER, at.after);
        },
        { ...(after === undefined ? {} : { after }), signal: lost },
      );
    } finally {
      bar.end();
    }
  },
};
