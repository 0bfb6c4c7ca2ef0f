import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordedProgress } from '../../../src/progress.js';
import { ensureIndexes, missingIndexes } from '../../../src/store/ensure-indexes.js';
import { indexCatalogue } from '../../../src/store/index-catalogue.js';
import { acquireLease } from '../../../src/store/lease.js';
import { migrate } from '../../../src/store/migrate.js';
import { MIGRATIONS } from '../../../src/store/migrations/index.js';
import type { Migration } from '../../../src/store/migrations/migration.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

const catalogue = indexCatalogue([{ name: 'Patient', indexes: [{ name: 'updated', key: { lu: -1, _id: 1 } }] }]);

const ALL = MIGRATIONS.map(({ number }) => number);

describe('migrations', () => {
  let database: TestDatabase;
  let lines: string[];
  const progress = recordedProgress((line) => lines.push(line));
  beforeAll(async () => {
    database = await openTestDatabase('migrations', { bare: true });
  });
  beforeEach(() => {
    lines = [];
  });
  afterEach(() => database.db.dropDatabase());
  afterAll(() => database.close());

  const done = async (): Promise<unknown[]> =>
    (await database.db.collection('schema_migrations').find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

  it('create every collection and index of the catalogue, and do nothing the second time', async () => {
    await migrate(database.db, progress, catalogue);
    expect(await missingIndexes(database.db, catalogue)).toEqual([]);
    expect(await done()).toEqual(ALL);
    const names = (await database.db.listCollections().toArray()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(catalogue.map(({ name }) => name)));
    lines = [];
    await migrate(database.db, progress, catalogue);
    expect(lines).toEqual([]);
  });

  it('run in their order, each once, also when several processes start at once', async () => {
    const ran: number[] = [];
    const migration = (number: number): Migration => ({
      number,
      name: `step ${number}`,
      async up() {
        await sleep(30);
        ran.push(number);
      },
    });
    const migrations = [migration(3), migration(1), migration(2)];
    await Promise.all([1, 2, 3].map(() => migrate(database.db, progress, catalogue, { migrations })));
    expect(ran).toEqual([1, 2, 3]);
    expect(await done()).toEqual([1, 2, 3]);
    expect(lines).toContain(
      'Otro proceso está preparando la base de datos; se espera / another process is preparing the database; waiting',
    );
  });

  it('go on after a failure where they stopped', async () => {
    const ran: string[] = [];
    let broken = true;
    const migrations: Migration[] = [
      { number: 1, name: 'a', up: async () => void ran.push('a') },
      {
        number: 2,
        name: 'b',
        up: async () => {
          ran.push('b');
          if (broken) throw new Error('power cut');
        },
      },
    ];
    await expect(migrate(database.db, progress, catalogue, { migrations })).rejects.toThrow('power cut');
    expect(await done()).toEqual([1]);
    broken = false;
    await migrate(database.db, progress, catalogue, { migrations });
    expect(ran).toEqual(['a', 'b', 'b']);
    expect(await done()).toEqual([1, 2]);
  });

  it('are taken over when the process that held the lease was killed', async () => {
    await acquireLease(database.db, 'migrations', 400);
    const start = performance.now();
    await migrate(database.db, progress, catalogue);
    expect(performance.now() - start).toBeGreaterThan(300);
    expect(await done()).toEqual(ALL);
  });

  it('are not recorded by a process whose lease has passed on', async () => {
    const migrations: Migration[] = [
      {
        number: 1,
        name: 'slow',
        up: async ({ db }) => {
          await db
            .collection<{ _id: string }>('locks')
            .updateOne({ _id: 'lease:migrations' }, { $set: { owner: 'other' } });
          await sleep(250);
        },
      },
    ];
    await expect(migrate(database.db, progress, catalogue, { migrations, leaseMs: 300 })).rejects.toThrow(/passed/);
    expect(await done()).toEqual([]);
  });

  it('leave alone what a newer release has done', async () => {
    await migrate(database.db, progress, catalogue);
    await database.db.collection<{ _id: number }>('schema_migrations').insertOne({ _id: 99 });
    await database.db.collection('Patient').createIndexes([{ key: { w: 1 }, name: 'newer' }]);
    await migrate(database.db, progress, catalogue);
    expect(await done()).toEqual([...ALL, 99]);
    expect(await database.db.collection('Patient').indexExists('newer')).toBe(true);
  });

  it('give the locks of an earlier release an end, and leases none', async () => {
    const locks = database.db.collection<{ _id: string; n?: number; usedAt?: Date }>('locks');
    await migrate(database.db, progress, catalogue, { migrations: MIGRATIONS.filter(({ number }) => number < 3) });
    await locks.insertOne({ _id: 'old', n: 2 });
    await migrate(database.db, progress, catalogue);
    expect(await locks.findOne({ _id: 'old' })).toMatchObject({ n: 2, usedAt: expect.any(Date) });
    const lease = await locks.findOne({ _id: 'lease:migrations' });
    expect([lease !== null, lease?.usedAt]).toEqual([true, undefined]);
    expect(await locks.indexes()).toContainEqual(
      expect.objectContaining({ key: { usedAt: 1 }, expireAfterSeconds: 86_400 }),
    );
  });

  describe('indexes', () => {
    it('that were dropped are named as missing and built again', async () => {
      await ensureIndexes(database.db, catalogue, progress);
      await database.db.collection('audit').dropIndex('patient');
      await database.db.collection('claims').drop();
      expect(await missingIndexes(database.db, catalogue)).toEqual(['audit.patient', 'claims', 'claims.expiry']);
      await migrate(database.db, progress, catalogue);
      expect(await missingIndexes(database.db, catalogue)).toEqual([]);
    });

    it('with other keys, options or names are rebuilt with a message', async () => {
      const { db } = database;
      await db.collection('audit').createIndexes([{ key: { pt: 1 }, name: 'patient' }]);
      await db.collection('oidc').createIndexes([{ key: { expiresAt: 1 }, name: 'expiry', expireAfterSeconds: 60 }]);
      await db.collection('seals').createIndexes([{ key: { p: 1, seq: 1 }, name: 'old-name' }]);
      expect(await missingIndexes(db, catalogue)).toEqual(
        expect.arrayContaining(['audit.patient', 'oidc.expiry', 'seals.chain']),
      );
      await ensureIndexes(db, catalogue, progress);
      expect(await missingIndexes(db, catalogue)).toEqual([]);
      for (const name of ['audit.patient', 'oidc.expiry', 'seals.old-name'])
        expect(lines).toContainEqual(expect.stringContaining(`index ${name} differs from the catalogue`));
    });
  });
});
