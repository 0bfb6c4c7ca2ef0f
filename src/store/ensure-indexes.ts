import type { mongo } from 'mongoose';
import type { Progress } from '../progress.js';
import { canonicalText } from './audit-hash.js';
import type { Catalogue, CollectionSpec, IndexSpec } from './index-catalogue.js';

/** What must be done to one collection. */
interface Repair {
  readonly collection: string;
  readonly create: boolean;
  /** Names of indexes that are in the way: same name with other keys, or the same keys under another name. */
  readonly drop: readonly string[];
  readonly build: readonly IndexSpec[];
}

const COLLECTIONS_AT_ONCE = 6;
const NAMESPACE_EXISTS = 48;
const INDEX_NOT_FOUND = 27;

const ignoring =
  (code: number) =>
  (error: unknown): void => {
    if ((error as { code?: unknown }).code !== code) throw error;
  };

const keysOf = ({ key }: Pick<IndexSpec, 'key'>): string => JSON.stringify(Object.entries(key));

/** Everything that makes two indexes different. */
const shapeOf = (index: IndexSpec): string =>
  canonicalText([
    keysOf(index),
    index.unique ?? false,
    index.sparse ?? false,
    index.expireAfterSeconds ?? null,
    index.partialFilterExpression ?? null,
  ]);

async function repairOf(db: mongo.Db, spec: CollectionSpec, exists: boolean): Promise<Repair | undefined> {
  const there = exists ? ((await db.collection(spec.name).indexes()) as unknown as IndexSpec[]) : [];
  const byName = new Map(there.map((index) => [index.name, index]));
  const build = spec.indexes.filter((index) => {
    const found = byName.get(index.name);
    return !found || shapeOf(found) !== shapeOf(index);
  });
  const wanted = new Set(build.flatMap((index) => [index.name, keysOf(index)]));
  const drop = there.filter((index) => wanted.has(index.name) || wanted.has(keysOf(index))).map(({ name }) => name);
  if (exists && build.length === 0) return undefined;
  return { collection: spec.name, create: !exists, drop, build };
}

async function repairsOf(db: mongo.Db, catalogue: Catalogue): Promise<Repair[]> {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const repairs = await Promise.all(catalogue.map((spec) => repairOf(db, spec, there.has(spec.name))));
  return repairs.filter((repair) => repair !== undefined);
}

async function carryOut(db: mongo.Db, repair: Repair, progress: Progress): Promise<void> {
  if (repair.create) await db.createCollection(repair.collection).catch(ignoring(NAMESPACE_EXISTS));
  const collection = db.collection(repair.collection);
  for (const name of repair.drop) {
    progress.say({
      es: `El índice ${repair.collection}.${name} no es el del catálogo: se construye de nuevo`,
      en: `index ${repair.collection}.${name} differs from the catalogue and is rebuilt`,
    });
    await collection.dropIndex(name).catch(ignoring(INDEX_NOT_FOUND));
  }
  if (repair.build.length > 0) await collection.createIndexes(repair.build.map((index) => ({ ...index })));
}

/**
 * Makes the collections and indexes of the catalogue exist: creates what is missing and rebuilds what differs, with a
 * message. Indexes that the catalogue does not name are left alone. Returns the number of indexes built.
 * Collections are made here because a transaction that creates one is several times slower and retried.
 */
export async function ensureIndexes(db: mongo.Db, catalogue: Catalogue, progress: Progress): Promise<number> {
  const repairs = await repairsOf(db, catalogue);
  if (repairs.length === 0) return 0;
  const total = repairs.reduce((sum, { build }) => sum + build.length, 0);
  const bar = progress.bar({ es: 'Índices', en: 'Indexes' }, 'índices', total);
  let done = 0;
  const queue = repairs.values();
  const worker = async (): Promise<void> => {
    for (const repair of queue) {
      await carryOut(db, repair, progress);
      done += repair.build.length;
      bar.update(done, total);
    }
  };
  try {
    await Promise.all(Array.from({ length: COLLECTIONS_AT_ONCE }, worker));
  } finally {
    bar.end();
  }
  return total;
}

/** What the catalogue asks for and the database lacks, as `collection` or `collection.index`; empty when ready. */
export async function missingIndexes(db: mongo.Db, catalogue: Catalogue): Promise<string[]> {
  const repairs = await repairsOf(db, catalogue);
  return repairs.flatMap(({ collection, create, build }) => [
    ...(create ? [collection] : []),
    ...build.map(({ name }) => `${collection}.${name}`),
  ]);
}
