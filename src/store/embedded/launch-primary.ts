import { createConnection } from 'mongoose';
import { StartupError } from '../../startup-error.js';
import { launchMongod } from './launch-mongod.js';
import type { LaunchOptions, RunningMongod } from './launch-mongod.js';
import { ensurePrimary } from './replica-set.js';

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

/**
 * Launches mongod and waits until it is the primary of its one-node set.
 * @throws StartupError when either fails; no mongod stays behind
 */
export async function launchPrimary(options: LaunchOptions): Promise<RunningMongod> {
  const running = await launchMongod(options).catch((cause: unknown) => {
    throw notStarted(options.dbPath, cause);
  });
  const host = `127.0.0.1:${options.port}`;
  try {
    const direct = createConnection(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 10_000 });
    const connection = await direct.asPromise();
    await ensurePrimary(connection.getClient(), host).finally(() => connection.close());
    return running;
  } catch (cause) {
    await running.stop();
    throw notStarted(options.dbPath, cause);
  }
}
