import type { Migration } from './migration.js';
import { collections } from './001-collections.js';
import { statistics } from './002-statistics.js';
import { locksExpire } from './003-locks-expire.js';
import { searchValues } from './004-search-values.js';
import { workScalars } from './005-work-scalars.js';
import { waitingList } from './006-waiting-list.js';

/**
 * All migrations in their order. A released one is never changed or removed; a new one gets the next number.
 * Each must be able to run again after it was cut off in the middle, and must leave a database with which the
 * release before can still work (rolling upgrade).
 */
export const MIGRATIONS: readonly Migration[] = [
  collections,
  statistics,
  locksExpire,
  searchValues,
  workScalars,
  waitingList,
];
