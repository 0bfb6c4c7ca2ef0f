import mongoose, { type Connection, type mongo } from 'mongoose';

/** Connection of the bench, with the write and read concerns of the service. */
export interface BenchDatabase {
  readonly connection: Connection;
  readonly client: mongo.MongoClient;
  readonly db: mongo.Db;
}

const POOL = 50;

/** Opens a database for the bare handler and the raw driver. Throws when it cannot be reached. */
export async function openBenchDatabase(uri: string, database: string): Promise<BenchDatabase> {
  const connection = await mongoose
    .createConnection(uri, {
      dbName: database,
      maxPoolSize: POOL,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
    })
    .asPromise();
  return {
    connection,
    client: connection.getClient() as unknown as mongo.MongoClient,
    db: connection.db as unknown as mongo.Db,
  };
}
