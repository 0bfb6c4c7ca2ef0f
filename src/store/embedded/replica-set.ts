import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';

/** Name of the one-node set that the service starts by itself. */
export const REPLICA_SET = 'rs0';

interface SetConfiguration extends mongo.Document {
  readonly members: readonly { readonly host: string }[];
}

/**
 * Makes sure that the node is initiated under `host:port` and is primary.
 * @param client connected with `directConnection=true`
 * @throws Error when it does not become primary in time
 */
export async function ensurePrimary(client: mongo.MongoClient, host: string, timeoutMs = 60_000): Promise<void> {
  const admin = client.db('admin');
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  } catch (error) {
    if ((error as mongo.MongoServerError).codeName !== 'AlreadyInitialized') throw error;
  }
  const deadline = performance.now() + timeoutMs;
  while ((await admin.command({ hello: 1 }))['isWritablePrimary'] !== true) {
    if (performance.now() > deadline) throw new Error(`the node did not become primary within ${timeoutMs} ms`);
    await sleep(20);
  }
}

/**
 * Writes another `host:port` into the stored configuration of the one-node set.
 * As a member the node would first try to find itself at the old address, where something else may answer or hang.
 * @param client of the node started without `--replSet`
 */
export async function moveReplicaSet(client: mongo.MongoClient, host: string): Promise<void> {
  const stored = client.db('local').collection<SetConfiguration>('system.replset');
  await stored.updateOne({ _id: REPLICA_SET as never }, { $set: { 'members.0.host': host } });
}
