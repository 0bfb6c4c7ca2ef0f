import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';

/** Name of the one-node set that the service starts by itself. */
export const REPLICA_SET = 'rs0';

interface SetConfiguration extends mongo.Document {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

/** A set keeps the `host:port` of its first start; after a change of the port it must be told, by force. */
async function moveTo(client: mongo.MongoClient, host: string): Promise<void> {
  // Read from the files: a node that does not find itself in its configuration does not answer replSetGetConfig.
  const stored = await client.db('local').collection<SetConfiguration>('system.replset').findOne();
  const [member] = stored?.members ?? [];
  if (!stored || !member || member.host === host) return;
  const configuration = { ...stored, version: stored.version + 1, members: [{ ...member, host }] };
  await client.db('admin').command({ replSetReconfig: configuration, force: true });
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
    await moveTo(client, host);
  }
  const deadline = performance.now() + timeoutMs;
  while ((await admin.command({ hello: 1 }))['isWritablePrimary'] !== true) {
    if (performance.now() > deadline) throw new Error(`the node did not become primary within ${timeoutMs} ms`);
    await sleep(20);
  }
}
