import { StartupError } from '../startup-error.js';
import type { Store } from '../store/store.js';
import { generateKeySet, type KeySet, type KeySetJson, readKeySet } from './key-set.js';

interface KeyDocument extends KeySetJson {
  _id: 'signing';
  createdAt: Date;
}

/** MongoDB: duplicate key. */
const isDuplicate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 11000;

async function ensureStoredKeys(store: Store): Promise<KeySetJson | null> {
  const collection = store.support<KeyDocument>('keys');
  const projection = { _id: 0, keys: 1 };
  const found = await collection.findOne({ _id: 'signing' }, { projection });
  if (found) return found;
  const fresh: KeyDocument = { _id: 'signing', createdAt: new Date(), ...(await generateKeySet()) };
  try {
    await collection.insertOne(fresh, { writeConcern: { w: 'majority' } });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  // Another process may have been first: its set counts, once a majority has it.
  return collection.findOne(
    { _id: 'signing' },
    { projection, readConcern: { level: 'linearizable' }, maxTimeMS: 10_000 },
  );
}

/** Secrets of the configuration that matter here (`config.secrets`). */
export interface KeySecrets {
  /** Signs short values; 32 bytes or more. */
  readonly cursor: string;
  /** Private JWK set of OAUTH_JWKS_FILE (production). */
  readonly signingKeys?: unknown;
}

/**
 * The service's signing keys: from the configuration (production), or made once per installation and kept in the
 * database, where processes that start at the same time end with the same set.
 *
 * To rotate, put the new key first in its place and restart the processes one by one; take the old key out when the
 * longest life of what it signed has passed.
 * @throws StartupError when the set is incomplete or malformed
 */
export async function loadSigningKeys(store: Store, secrets: KeySecrets): Promise<KeySet> {
  const json = secrets.signingKeys ?? (await ensureStoredKeys(store));
  try {
    return readKeySet(json, secrets.cursor);
  } catch (cause) {
    const { message } = cause as Error;
    throw new StartupError(
      {
        es: `Las claves que firman los tokens no sirven: ${message}.`,
        en: `The keys that sign tokens cannot be used: ${message}.`,
      },
      { cause },
    );
  }
}
