import type { Connection } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import type { Progress } from '../progress.js';
import { StartupError } from '../startup-error.js';
import { connectReplicaSet } from './connect-replica-set.js';
import { liveOwner } from './embedded/data-folder-lock.js';
import { embeddedUri, startEmbedded } from './embedded/start-embedded.js';

/** An open connection to the replica set, and the embedded database behind it when this process started one. */
export interface DatabaseConnection {
  readonly connection: Connection;
  readonly uri: string;
  /** For example `8.0.12`. */
  readonly serverVersion: string;
  /** True when this process runs the database. */
  readonly embedded: boolean;
  /** Closes the connection, then stops the database when it is ours. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Use the embedded database of a running service when there is one (command line tools). */
  readonly join?: boolean;
  /** Called when the embedded database has died for good. */
  readonly onFailure?: (error: StartupError) => void;
}

/** Port of the embedded database of the service that owns the data folder; waits while that service is starting. */
async function ownersPort(dataDir: string, waitMs: number): Promise<number | undefined> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const owner = await liveOwner(dataDir);
    if (!owner || owner.port !== undefined) return owner?.port;
    if (performance.now() > deadline) {
      throw new StartupError({
        es: `El servicio (proceso ${owner.pid}) está arrancando su base de datos desde ${owner.since}; intente más tarde.`,
        en: `The service (process ${owner.pid}) has been starting its database since ${owner.since}; try later.`,
      });
    }
    await sleep(100);
  }
}

const joined = async (uri: string, config: Config, progress: Progress): Promise<DatabaseConnection> => {
  const { connection, serverVersion } = await connectReplicaSet(uri, config.database, progress);
  return { connection, uri, serverVersion, embedded: false, close: () => connection.close() };
};

async function embedded(config: Config, progress: Progress, options: OpenOptions): Promise<DatabaseConnection> {
  const mongod = await startEmbedded({
    ...config.database.embedded,
    dataDir: config.dataDir,
    env: process.env,
    progress,
    onFailure: options.onFailure ?? ((error) => progress.say(error.lines[0]!)),
  });
  try {
    const { connection, serverVersion } = await connectReplicaSet(mongod.uri, config.database, progress);
    const close = async (): Promise<void> => {
      await connection.close();
      await mongod.stop();
    };
    return { connection, uri: mongod.uri, serverVersion, embedded: true, close };
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}

/**
 * Opens the service's database: MONGODB_URI when it is set, else the embedded MongoDB of the data folder
 * (that of a running service when `join` is asked for, or one started here).
 * @throws StartupError in words when there is none to be had
 */
export async function openDatabase(
  config: Config,
  progress: Progress,
  options: OpenOptions = {},
): Promise<DatabaseConnection> {
  const { mongodbUri } = config.secrets;
  if (mongodbUri !== undefined) return joined(mongodbUri, config, progress);
  if (options.join) {
    const port = await ownersPort(config.dataDir, config.database.waitMs);
    if (port !== undefined) return joined(embeddedUri(port), config, progress);
  }
  return embedded(config, progress, options);
}
