import { createConnection } from 'mongoose';
import type { mongo } from 'mongoose';
import { StartupError } from '../../startup-error.js';
import { launchMongod } from './launch-mongod.js';
import type { LaunchOptions, RunningMongod } from './launch-mongod.js';
import { ensurePrimary, moveReplicaSet, REPLICA_SET } from './replica-set.js';

/** What every launch of one data folder shares. */
export type LaunchTarget = Omit<LaunchOptions, 'onUnexpectedEnd' | 'replicaSet'>;

const notStarted = (dbPath: string, cause: unknown): StartupError => {
  const reason = (cause as Error).message.split('\n').join(' ');
  return new StartupError(
    [
      { es: `La base de datos no arrancó: ${reason}`, en: `The database did not start: ${reason}` },
      {
        es: `Los datos siguen en ${dbPath}; no borre nada y revise el disco y los permisos.`,
        en: `The data is still in ${dbPath}; delete nothing, and look at the disk and the permissions.`,
      },
    ],
    { cause },
  );
};

/** Launches mongod and does something to it directly; no mongod stays behind when that fails. */
async function launchAnd(
  options: LaunchOptions,
  act: (client: mongo.MongoClient, host: string) => Promise<void>,
): Promise<RunningMongod> {
  const running = await launchMongod(options);
  const host = `127.0.0.1:${options.port}`;
  try {
    const direct = createConnection(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 10_000 });
    const connection = await direct.asPromise();
    try {
      await act(connection.getClient(), host);
    } finally {
      await connection.close();
    }
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/**
 * Launches mongod and waits until it is the primary of its one-node set.
 * @throws StartupError when either fails
 */
export const launchPrimary = (target: LaunchTarget, onUnexpectedEnd: () => void): Promise<RunningMongod> =>
  launchAnd({ ...target, replicaSet: REPLICA_SET, onUnexpectedEnd }, ensurePrimary).catch((cause: unknown) => {
    throw notStarted(target.dbPath, cause);
  });

/**
 * Tells the data of another port that it lives on this one now; mongod runs for that moment as a single server.
 * @throws StartupError when mongod does not start
 */
export async function moveToPort(target: LaunchTarget): Promise<void> {
  try {
    const running = await launchAnd({ ...target, onUnexpectedEnd: () => undefined }, moveReplicaSet);
    await running.stop();
  } catch (cause) {
    throw notStarted(target.dbPath, cause);
  }
}
