import { type Config, loadConfig } from '../config/config.js';
import { recordedProgress, streamProgress } from '../progress.js';
import { StartupError } from '../startup-error.js';
import { type DatabaseConnection, openDatabase } from '../store/connect.js';
import { openStore } from '../store/mongo-store.js';
import type { Store } from '../store/store.js';
import type { Environment } from '../config/env.js';

export interface OpenedDatabase {
  readonly config: Config;
  readonly database: DatabaseConnection;
  /** For reading; resources need a store with an auditor. */
  readonly store: Store;
}

/**
 * Runs a piece of work on the service's database: that of MONGODB_URI, of the running service, or of the data folder.
 * @throws StartupError when there is none to be had
 */
export async function withDatabase<T>(env: Environment, work: (opened: OpenedDatabase) => Promise<T>): Promise<T> {
  const config = loadConfig(env);
  // A person sees what is going on; a script gets the result, or the error, and nothing else.
  const progress = process.stderr.isTTY ? streamProgress() : recordedProgress();
  const database = await openDatabase(config, progress, { join: true });
  try {
    return await work({ config, database, store: openStore(database.connection) });
  } finally {
    await database.close();
  }
}

/**
 * The same for commands that hand out what only a demonstration may hand out.
 * @throws StartupError in production, before anything is opened
 */
export async function withDemonstrationDatabase<T>(
  env: Environment,
  work: (opened: OpenedDatabase) => Promise<T>,
): Promise<T> {
  if (loadConfig(env).production) {
    throw new StartupError({
      es: 'Este mandato es solo para desarrollo: con NODE_ENV=production no hay cuentas de demostración.',
      en: 'This command is for development only: with NODE_ENV=production there are no demonstration accounts.',
    });
  }
  return withDatabase(env, work);
}
