import { mongo } from 'mongoose';
import type { AuditDraft } from '../../../src/store/audit-record.js';
import { recordedProgress } from '../../../src/progress.js';
import { ensureIndexes } from '../../../src/store/ensure-indexes.js';
import { indexCatalogue } from '../../../src/store/index-catalogue.js';
import { testDatabaseUri } from '../../support/database.js';

export interface TestDatabase {
  readonly client: mongo.MongoClient;
  readonly db: mongo.Db;
  /** Makes the server refuse every insert into a collection until it is called again with false. */
  refuseInserts(collection: string, refuse: boolean): Promise<void>;
  /** Empties every collection and leaves the indexes. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** A database of its own with the collections and indexes of the catalogue (`bare`: without). */
export async function openTestDatabase(name: string, options: { bare?: boolean } = {}): Promise<TestDatabase> {
  const client = await mongo.MongoClient.connect(testDatabaseUri(name), { monitorCommands: true });
  const db = client.db();
  await db.dropDatabase();
  if (!options.bare) await ensureIndexes(db, indexCatalogue([]), recordedProgress());
  return {
    client,
    db,
    async refuseInserts(collection, refuse) {
      await db.command({ collMod: collection, validator: refuse ? { $expr: false } : {} });
    },
    async clear() {
      for (const { name: collection } of await db.listCollections({}, { nameOnly: true }).toArray())
        await db.collection(collection).deleteMany({});
    },
    async close() {
      await db.dropDatabase();
      await client.close();
    },
  };
}

/** An audit draft; `ent` tells the records of a test apart. */
export const draft = (ent: string, more: Partial<AuditDraft> = {}): AuditDraft => ({
  act: 'R',
  sub: 'read',
  out: '0',
  who: 'clinician.uaps1',
  rol: 'clinician',
  cli: 'pages',
  pt: ['p1'],
  ent: [ent],
  req: 'request-1',
  pou: 'TREAT',
  ...more,
});

/** Drafts numbered from 1. */
export const drafts = (count: number): AuditDraft[] =>
  Array.from({ length: count }, (_, i) => draft(`Observation/${i + 1}`));
