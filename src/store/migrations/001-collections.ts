import { ensureIndexes } from '../ensure-indexes.js';
import type { Migration } from './migration.js';

/** The first layout: every collection and index of the catalogue (design.md 3.3, 3.4). */
export const collections: Migration = {
  number: 1,
  name: 'collections',
  up: async ({ db, catalogue, progress }) => {
    await ensureIndexes(db, catalogue, progress);
  },
};
