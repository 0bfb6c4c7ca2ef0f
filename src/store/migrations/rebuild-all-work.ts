import { loadPosition, savePosition } from '../positions.js';
import type { MigrationContext } from './migration.js';

/**
 * Computes the work scalars of all legs anew, with a bar; cut off, the next run goes on where it was.
 * @param consumer name under which the position is kept
 */
export async function rebuildAllWork(context: MigrationContext, consumer: string): Promise<void> {
  const { db, catalogue, progress, lost, rebuildWork } = context;
  const total = catalogue.some(({ name }) => name === 'Task')
    ? await db.collection('Task').countDocuments({ del: false, w: { $exists: true } })
    : 0;
  if (total === 0) return;
  if (!rebuildWork) throw new Error('nobody can rebuild the work scalars');
  const after = await loadPosition(db, consumer);
  const bar = progress.bar({ es: 'Listas de trabajo', en: 'Lists of work' }, 'recursos', total);
  try {
    await rebuildWork(
      async (at) => {
        bar.update(at.done, total);
        await savePosition(db, consumer, at.after);
      },
      { ...(after === undefined ? {} : { after }), signal: lost },
    );
  } finally {
    bar.end();
  }
}
