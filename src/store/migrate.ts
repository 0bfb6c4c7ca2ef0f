import type { mongo } from 'mongoose';
import type { Progress } from '../progress.js';
import { ensureIndexes, missingIndexes } from './ensure-indexes.js';
import type { Catalogue } from './index-catalogue.js';
import { withLease } from './lease.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Migration, MigrationContext } from './migrations/migration.js';

/** Record of a migration that has been done. */
interface DoneMigration {
  readonly _id: number;
  readonly name: string;
  readonly at: Date;
  readonly ms: number;
}

export interface MigrateOptions extends Pick<MigrationContext, 'rebuildSearchValues' | 'rebuildWork'> {
  readonly migrations?: readonly Migration[];
  /** Time after which the lease of a killed process is taken over, ms. */
  readonly leaseMs?: number;
}

const LEASE_MS = 10_000;

const doneOf = (db: mongo.Db): mongo.Collection<DoneMigration> =>
  db.collection<DoneMigration>('schema_migrations', {
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority' },
  });

async function doneNumbers(db: mongo.Db): Promise<Set<number>> {
  return new Set((await doneOf(db).find().toArray()).map(({ _id }) => _id));
}

async function isCurrent(db: mongo.Db, catalogue: Catalogue, migrations: readonly Migration[]): Promise<boolean> {
  const done = await doneNumbers(db);
  return migrations.every(({ number }) => done.has(number)) && (await missingIndexes(db, catalogue)).length === 0;
}

async function runOne(context: MigrationContext, migration: Migration): Promise<void> {
  const { db, progress, lost } = context;
  const { number, name } = migration;
  progress.say({ es: `Migración ${number}: ${name}`, en: `migration ${number}: ${name}` });
  const start = performance.now();
  await migration.up(context);
  // Not recorded when another process has taken over meanwhile: that one runs it again and records it.
  lost.throwIfAborted();
  const ms = Math.round(performance.now() - start);
  await doneOf(db).updateOne({ _id: number }, [{ $set: { name, ms, at: '$$NOW' } }], { upsert: true });
}

/**
 * Brings the stored data to what this release needs: migrations that have not run, in their order, then the indexes of
 * the catalogue. Under a lease: of several processes that start at once one works and the others wait; when it is
 * killed, the next one goes on after the lease has run out. Costs two reads when there is nothing to do.
 * Throws what a migration throws.
 */
export async function migrate(
  db: mongo.Db,
  progress: Progress,
  catalogue: Catalogue,
  options: MigrateOptions = {},
): Promise<void> {
  const { migrations = MIGRATIONS, leaseMs = LEASE_MS, ...rebuilders } = options;
  if (await isCurrent(db, catalogue, migrations)) return;
  const onWait = (): void =>
    progress.say({
      es: 'Otro proceso está preparando la base de datos; se espera',
      en: 'another process is preparing the database; waiting',
    });
  await withLease(db, 'migrations', { ttlMs: leaseMs, onWait }, async (lost) => {
    const done = await doneNumbers(db);
    for (const migration of [...migrations].sort((a, b) => a.number - b.number)) {
      if (done.has(migration.number)) continue;
      lost.throwIfAborted();
      await runOne({ db, catalogue, progress, lost, ...rebuilders }, migration);
    }
    await ensureIndexes(db, catalogue, progress);
  });
}
