import type { mongo } from 'mongoose';
import type { Progress } from '../progress.js';
import { ensureIndexes } from './ensure-indexes.js';
import type { Catalogue } from './index-catalogue.js';

/** Drops the secondary indexes of those collections of a catalogue that are empty. Returns the names of these collections. */
export async function deferIndexes(db: mongo.Db, catalogue: Catalogue): Promise<readonly string[]> {
  const deferred: string[] = [];
  for (const { name, indexes } of catalogue) {
    const collection = db.collection(name);
    if (indexes.length === 0 || (await collection.findOne({}, { projection: { _id: 1 } })) !== null) continue;
    const there = await collection.indexes();
    if (there.length <= 1) continue;
    await collection.dropIndexes();
    deferred.push(name);
  }
  return deferred;
}

/**
 * Runs a first load without the secondary indexes of the collections that are still empty and builds them when it is over,
 * or has failed: that costs a fraction of keeping them up to date line by line. Until then `/readyz` says no, and so it does
 * after a crash, until the next start of a process has built them.
 * @param catalogue collections of FHIR resources only: nothing else can do without its indexes for a while
 */
export async function withDeferredIndexes<T>(
  db: mongo.Db,
  { catalogue, progress }: { catalogue: Catalogue; progress: Progress },
  load: () => Promise<T>,
): Promise<T> {
  const deferred = new Set(await deferIndexes(db, catalogue));
  try {
    return await load();
  } finally {
    const missing = catalogue.filter(({ name }) => deferred.has(name));
    if (missing.length > 0) await ensureIndexes(db, missing, progress);
  }
}
