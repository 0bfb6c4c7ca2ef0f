import type { mongo } from 'mongoose';

/** Bytes of one collection on disk after a checkpoint. */
export interface CollectionUse {
  readonly name: string;
  readonly documents: number;
  /** BSON before compression. */
  readonly data: number;
  readonly storage: number;
  readonly indexes: number;
}

interface StorageStats {
  readonly count: number;
  readonly size: number;
  readonly storageSize: number;
  readonly totalIndexSize: number;
}

const total = ({ storage, indexes }: CollectionUse): number => storage + indexes;

/**
 * Disk use by collection, largest first. A checkpoint is made before, so that what was acknowledged is in the files;
 * MongoDB's journal and its replication log, which have a fixed size, are not counted.
 */
export async function diskUse(db: mongo.Db): Promise<CollectionUse[]> {
  await db.admin().command({ fsync: 1 });
  const names = (await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()).map(
    ({ name }) => name,
  );
  const uses = await Promise.all(
    names.map(async (name): Promise<CollectionUse> => {
      const [row] = await db
        .collection(name)
        .aggregate<{ storageStats: StorageStats }>([{ $collStats: { storageStats: {} } }])
        .toArray();
      if (!row) throw new Error(`no storage figures of ${name}`);
      const { count, size, storageSize, totalIndexSize } = row.storageStats;
      return { name, documents: count, data: size, storage: storageSize, indexes: totalIndexSize };
    }),
  );
  return uses.sort((a, b) => total(b) - total(a));
}

/** What a load added: the later figures minus the earlier ones, collection by collection, largest first. */
export function added(before: readonly CollectionUse[], after: readonly CollectionUse[]): CollectionUse[] {
  const earlier = new Map(before.map((use) => [use.name, use]));
  return after
    .map((use) => {
      const old = earlier.get(use.name);
      return {
        name: use.name,
        documents: use.documents - (old?.documents ?? 0),
        data: use.data - (old?.data ?? 0),
        storage: use.storage - (old?.storage ?? 0),
        indexes: use.indexes - (old?.indexes ?? 0),
      };
    })
    .filter(({ documents }) => documents > 0)
    .sort((a, b) => total(b) - total(a));
}
