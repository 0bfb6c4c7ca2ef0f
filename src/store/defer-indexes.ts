import type { mongo } from 'mongoose';
import type { Catalogue } from './index-catalogue.js';

/**
 * Drops the secondary indexes of those collections of a catalogue that are empty, for a first load: building them at its end
 * costs a fraction of keeping them up to date line by line. `ensureIndexes` builds them again; until then `/readyz` says no,
 * and so it does after a crash, until the next start of a process has built them.
 * @param catalogue collections of FHIR resources only: nothing else can do without its indexes for a while
 * @returns names of the collections concerned
 */
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
