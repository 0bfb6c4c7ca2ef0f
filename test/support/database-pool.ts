import type { mongo } from 'mongoose';

/**
 * Databases of this worker that nobody uses at the moment, with their collections and indexes, empty.
 * Making and dropping some hundred indexes for each file was most of what mongod did in a run.
 */
const idle: string[] = [];
let made = 0;

/** What a service that was started once and stopped in order leaves behind, by collection: see `fillFresh`. */
let started: ReadonlyMap<string, readonly mongo.Document[]> | undefined;

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

/** Numbers go back as they were stored, by type too. */
const EXACT = { promoteValues: false, promoteLongs: false } as const;

/**
 * Puts into an empty database what the first start of a service writes (catalogues, accounts, keys), so that the start that
 * follows finds it there: computing it anew for each file was a third of the cost of a start.
 * @param start starts a service on the database and stops it; called once per worker
 */
export async function fillFresh(db: mongo.Db, start: () => Promise<void>): Promise<void> {
  if (started === undefined) {
    await start();
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    const kept = new Map<string, readonly mongo.Document[]>();
    for (const name of names.filter((each) => !each.startsWith('system.'))) {
      const documents = await db.collection(name).find({}, EXACT).toArray();
      if (documents.length > 0) kept.set(name, documents);
    }
    started = kept;
    return;
  }
  for (const [name, documents] of started) await db.collection(name).insertMany([...documents], { ordered: false });
}
