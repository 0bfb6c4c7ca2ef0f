import type { mongo } from 'mongoose';

interface StoredPosition {
  /** Name of the consumer. */
  readonly _id: string;
  readonly position: string;
  readonly at: Date;
}

const positionsOf = (db: mongo.Db): mongo.Collection<StoredPosition> => db.collection<StoredPosition>('positions');

/** Remembers how far a consumer of the feed has come; call it after its work is done, not before. */
export async function savePosition(db: mongo.Db, consumer: string, position: string): Promise<void> {
  await positionsOf(db).updateOne({ _id: consumer }, [{ $set: { position, at: '$$NOW' } }], {
    upsert: true,
    writeConcern: { w: 'majority' },
  });
}

/** Where a consumer of the feed stopped; undefined when it never ran. */
export async function loadPosition(db: mongo.Db, consumer: string): Promise<string | undefined> {
  const found = await positionsOf(db).findOne({ _id: consumer }, { readConcern: { level: 'majority' } });
  return found?.position;
}
