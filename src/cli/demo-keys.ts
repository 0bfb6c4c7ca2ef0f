import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { demoClientKey } from '../access/accounts.js';
import { loadConfig } from '../config/config.js';
import type { Environment } from '../config/env.js';
import type { DemoKeys } from '../demo/stage.js';
import { StartupError } from '../startup-error.js';
import { liveOwner } from '../store/embedded/data-folder-lock.js';
import { type OpenedDatabase, withDemonstrationDatabase } from './with-database.js';

const noKeys = (place: string): StartupError =>
  new StartupError([
    {
      es: `No hay claves de los sistemas de demostración en ${place}.`,
      en: `There are no keys of the demonstration systems in ${place}.`,
    },
    {
      es: 'Diga dónde están: DATA_DIR o MONGODB_URI del servicio, o DEMO_KEYS_FILE con {cuenta: JWK}.',
      en: "Say where they are: the service's DATA_DIR or MONGODB_URI, or DEMO_KEYS_FILE with {account: JWK}.",
    },
  ]);

const required = (place: string, key: JWK | undefined): JWK => {
  if (!key) throw noKeys(place);
  return key;
};

/**
 * Runs a piece of work with the keys of the demonstration systems: from DEMO_KEYS_FILE, else from the database, which is
 * handed on. A service that takes keys out of a database is the service of that database: each one makes its own.
 */
export async function withDemoKeys<T>(
  env: Environment,
  work: (keys: DemoKeys, opened?: OpenedDatabase) => Promise<T>,
): Promise<T> {
  const file = env['DEMO_KEYS_FILE'];
  if (file !== undefined) {
    const keys = JSON.parse(await readFile(file, 'utf8')) as Record<string, JWK>;
    return work(async (account) => required(file, keys[account]));
  }
  const { secrets, dataDir } = loadConfig(env);
  // The keys are where the service's data are; a database that no service uses has none of interest.
  if (secrets.mongodbUri === undefined && !(await liveOwner(dataDir))) throw noKeys(dataDir);
  return withDemonstrationDatabase(env, (opened) =>
    work(async (account) => required(dataDir, await demoClientKey(opened.store, account)), opened),
  );
}
