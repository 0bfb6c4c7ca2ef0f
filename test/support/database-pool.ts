import type { mongo } from 'mongoose';

/**
 * Databases of this worker that nobody uses at the moment, with their collections and indexes, empty.
 * Making and dropping some hundred indexes for each file was most of what mongod did in a run.
 */
const idle: string[] = [];
let made = 0;

/** More documents than this are not deleted one by one: the collection is dropped, and made anew by the next start. */
const DROP_ABOVE = 2_000;

/** Name of an empty database for one service; give it back with `releaseDatabase`. */
export function claimDatabase(): string {
  const free = idle.pop();
  if (free !== undefined) return free;
  made += 1;
  return `test_pool_${process.pid}_${made}`;
}

async function empty(collection: mongo.Collection): Promise<void> {
  const count = await collection.estimatedDocumentCount();
  if (count > DROP_ABOVE) await collection.drop();
  else if (count > 0) await collection.deleteMany({});
}

/** Empties the database and keeps it for the next service of this worker. */
export async function releaseDatabase(db: mongo.Db): Promise<void> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  await Promise.all(names.filter((name) => !name.startsWith('system.')).map((name) => empty(db.collection(name))));
  if (!idle.includes(db.databaseName)) idle.push(db.databaseName);
}
