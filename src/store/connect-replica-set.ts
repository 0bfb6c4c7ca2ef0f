import { createConnection } from 'mongoose';
import type { Connection, ConnectOptions } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import type { Progress } from '../progress.js';
import { StartupError } from '../startup-error.js';
import { traceCommands } from './trace-commands.js';

/** What a connection takes from the configuration. */
export type ConnectionSettings = Pick<Config['database'], 'name' | 'poolSize' | 'waitMs'> &
  Partial<Pick<Config['database'], 'traced'>>;

/** Words come after this long without an answer. */
const NOTICE_MS = 800;
const RETRY_MS = 500;

const OLDEST_MAINTAINED = 7;
const OLDEST_ACCEPTED = 6;
/** Server code AuthenticationFailed. */
const AUTHENTICATION_FAILED = 18;

/** Acknowledged means stored by a majority, in the journal; reads come from the primary and never show what could be rolled back. */
const connectionOptions = ({ name, poolSize, waitMs, traced = false }: ConnectionSettings): ConnectOptions => ({
  dbName: name,
  appName: 'referencia-respuesta',
  maxPoolSize: poolSize,
  serverSelectionTimeoutMS: Math.min(5_000, Math.max(1_000, waitMs)),
  retryWrites: true,
  retryReads: true,
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  monitorCommands: traced,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
});

/** Address without its password, for messages. */
export const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//***@');

/** What an operator can do about a connection that will never work. */
function lastingProblem(error: unknown, uri: string): StartupError | undefined {
  const { name, code, message } = error as { name?: string; code?: unknown; message: string };
  const shown = withoutPassword(uri);
  if (code === AUTHENTICATION_FAILED) {
    return new StartupError({
      es: `MongoDB rechaza el usuario o la contraseña de MONGODB_URI (${shown}).`,
      en: `MongoDB refuses the user or the password of MONGODB_URI (${shown}).`,
    });
  }
  if (
    name === 'MongoParseError' ||
    name === 'MongoRuntimeError' ||
    name === 'MongoInvalidArgumentError' ||
    name === 'TypeError'
  ) {
    return new StartupError({
      es: `MONGODB_URI no es una dirección válida: ${message}`,
      en: `MONGODB_URI is not a valid address: ${message}`,
    });
  }
  return undefined;
}

/** Connects; tries again until the time is over. */
async function connectWithin(uri: string, settings: ConnectionSettings): Promise<Connection> {
  const deadline = performance.now() + settings.waitMs;
  for (;;) {
    const connection = createConnection();
    try {
      const opened = await connection.openUri(uri, connectionOptions(settings));
      if (settings.traced) traceCommands(opened.getClient());
      return opened;
    } catch (error) {
      await connection.close(true).catch(() => undefined);
      const lasting = lastingProblem(error, uri);
      if (lasting) throw lasting;
      if (performance.now() >= deadline) throw unreachable(uri, settings.waitMs, error);
      await sleep(RETRY_MS);
    }
  }
}

/** The same, with words when it takes longer than people expect. */
async function connect(uri: string, settings: ConnectionSettings, progress: Progress): Promise<Connection> {
  const seconds = settings.waitMs / 1_000;
  const notice = setTimeout(() => {
    progress.say({
      es: `MongoDB no responde en ${withoutPassword(uri)}; se espera hasta ${seconds} s`,
      en: `MongoDB does not answer; waiting up to ${seconds} s`,
    });
  }, NOTICE_MS);
  return connectWithin(uri, settings).finally(() => clearTimeout(notice));
}

const unreachable = (uri: string, waitedMs: number, cause: unknown): StartupError =>
  new StartupError(
    [
      {
        es: `MongoDB no respondió en ${withoutPassword(uri)} durante ${waitedMs / 1_000} s (${(cause as Error).message}).`,
        en: `MongoDB did not answer at ${withoutPassword(uri)} for ${waitedMs / 1_000} s.`,
      },
      {
        es: 'Revise MONGODB_URI, la red y que el conjunto de réplicas tenga un primario.',
        en: 'Check MONGODB_URI, the network, and that the replica set has a primary.',
      },
    ],
    { cause },
  );

/** @throws StartupError for a standalone server: it has no transactions and no majority (design.md 3.2) */
async function requireReplicaSet(connection: Connection, uri: string): Promise<void> {
  const hello = await connection.getClient().db('admin').command({ hello: 1 });
  // `isdbgrid` is what a router of a sharded cluster says; its shards are replica sets.
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return;
  throw new StartupError([
    {
      es: `El MongoDB de MONGODB_URI (${withoutPassword(uri)}) no es un conjunto de réplicas: no hay transacciones.`,
      en: `The MongoDB of MONGODB_URI (${withoutPassword(uri)}) is not a replica set: it has no transactions.`,
    },
    {
      es: 'Arránquelo con --replSet rs0 y ejecute rs.initiate() una vez; un solo nodo basta.',
      en: 'Start it with --replSet rs0 and run rs.initiate() once; one node is enough.',
    },
  ]);
}

/** Version of the server; old ones get a warning, very old ones are refused. */
async function checkedVersion(connection: Connection, progress: Progress): Promise<string> {
  const { version } = (await connection.getClient().db('admin').admin().serverInfo()) as { version: string };
  const major = Number(version.split('.')[0]);
  if (major < OLDEST_ACCEPTED) {
    throw new StartupError({
      es: `MongoDB ${version} es demasiado antiguo: se necesita 6.0 o posterior, mejor 8.0.`,
      en: `MongoDB ${version} is too old: 6.0 or later is needed, better 8.0.`,
    });
  }
  if (major < OLDEST_MAINTAINED) {
    progress.say({
      es: `Aviso: MongoDB ${version} ya no recibe correcciones de su fabricante; en producción use 8.0`,
      en: `warning: MongoDB ${version} is no longer maintained; use 8.0 in production`,
    });
  }
  return version;
}

/**
 * Connects to a replica set (or to a router of a sharded cluster) with the guarantees of design.md 3.4:
 * majority writes with journal, majority reads from the primary, retryable writes; no automatic indexes or collections.
 * @throws StartupError: bad address, wrong password, no answer in time, standalone server, version too old
 */
export async function connectReplicaSet(
  uri: string,
  database: ConnectionSettings,
  progress: Progress,
): Promise<{ connection: Connection; serverVersion: string }> {
  const connection = await connect(uri, database, progress);
  try {
    await requireReplicaSet(connection, uri);
    return { connection, serverVersion: await checkedVersion(connection, progress) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
