import { ensureIndexes } from '../ensure-indexes.js';
import type { CollectionSpec } from '../index-catalogue.js';
import { loadPosition, savePosition } from '../positions.js';
import type { Migration, MigrationContext } from './migration.js';

/** Collections of resources: those whose indexes lead over search values. */
const holdsResources = ({ indexes }: CollectionSpec): boolean =>
  indexes.some(({ key }) => Object.keys(key).some((field) => field.startsWith('s.')));

async function rebuild({ db, progress, lost, rebuildSearchValues }: MigrationContext, type: string): Promise<void> {
  const total = await db.collection(type).countDocuments({ del: false });
  if (total === 0) return;
  if (!rebuildSearchValues) throw new Error(`nobody can rebuild the search values of ${type}`);
  const consumer = `search-values-4/${type}`;
  const after = await loadPosition(db, consumer);
  const bar = progress.bar({ es: `Valores de búsqueda: ${type}`, en: `Search values: ${type}` }, 'recursos', total);
  try {
    await rebuildSearchValues(
      type,
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

/**
 * Search values of numbers, quantities, composites, displays, typed identifiers and the parameters of the guide: those of all
 * resources are computed anew. Cut off, it goes on where it was. Processes of the release before that write during the
 * change write the old values: rebuild once more after the last of them has stopped.
 */
export const searchValues: Migration = {
  number: 4,
  name: 'search-values',
  up: async (context) => {
    const { db, catalogue, progress } = context;
    await ensureIndexes(db, catalogue, progress);
    for (const { name } of catalogue.filter(holdsResources)) await rebuild(context, name);
  },
};
