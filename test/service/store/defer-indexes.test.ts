import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedProgress } from '../../../src/progress.js';
import { deferIndexes } from '../../../src/store/defer-indexes.js';
import { ensureIndexes, missingIndexes } from '../../../src/store/ensure-indexes.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const CATALOGUE = ['Empty', 'Full'].map((name) => ({ name, indexes: [{ name: 'lu', key: { lu: 1 } as const }] }));

describe('indexes of a first load', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase('defer-indexes', { bare: true });
    await ensureIndexes(database.db, CATALOGUE, recordedProgress());
    await database.db.collection('Full').insertOne({ lu: 1 });
  });
  afterAll(() => database.close());

  it('are dropped from empty collections only, missed until they are built again, and built by the catalogue', async () => {
    expect(await deferIndexes(database.db, CATALOGUE)).toEqual(['Empty']);
    expect(await missingIndexes(database.db, CATALOGUE)).toEqual(['Empty.lu']);
    expect(await deferIndexes(database.db, CATALOGUE)).toEqual([]);
    await database.db.collection('Empty').insertOne({ lu: 1 });
    expect(await ensureIndexes(database.db, CATALOGUE, recordedProgress())).toBe(1);
    expect(await missingIndexes(database.db, CATALOGUE)).toEqual([]);
  });
});
