import { ensureIndexes } from '../ensure-indexes.js';
import type { Migration } from './migration.js';

/** The collection of the open statistics: frozen counts and releases. */
export const statistics: Migration = {
  number: 2,
  name: 'statistics',
  up: async ({ db, catalogue, progress }) => {
    await ensureIndexes(db, catalogue, progress);
  },
};
