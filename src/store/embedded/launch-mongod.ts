import { format } from 'node:util';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { logger } from '../../logger.js';
import type { MongodBinary } from './binary-source.js';
import { identityOf } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';

export interface LaunchOptions {
  readonly binary: MongodBinary;
  readonly port: number;
  readonly dbPath: string;
  /** Memory for MongoDB's own cache, GB. */
  readonly cacheSizeGb: number;
  /** Name of the set; absent: a single server. */
  readonly replicaSet?: string;
  /** Called when mongod ends without having been asked to. */
  readonly onUnexpectedEnd: () => void;
}

export interface RunningMongod {
  readonly process: ProcessIdentity;
  stop(): Promise<void>;
}

/** `detached` puts mongod into its own process group, so that Ctrl+C in a terminal does not reach it. */
async function createServer({
  binary,
  port,
  dbPath,
  cacheSizeGb,
  replicaSet,
}: LaunchOptions): Promise<MongoMemoryServer> {
  const given = process.env['MONGOMS_SYSTEM_BINARY'];
  // The library prefers this variable to its option, but the binary has been chosen already.
  process.env['MONGOMS_SYSTEM_BINARY'] = binary.path;
  const { warn } = console;
  // It prints a stack for every failed start; the operator gets our words, the log keeps the stack.
  console.warn = (...details) => logger.debug(format(...details));
  try {
    return await MongoMemoryServer.create({
      spawn: { detached: true },
      binary: { systemBinary: binary.path, version: binary.version, checkMD5: false },
      instance: {
        ...(replicaSet === undefined ? {} : { replSet: replicaSet }),
        ip: '127.0.0.1',
        port,
        portGeneration: false,
        dbPath,
        storageEngine: 'wiredTiger',
        launchTimeout: 120_000, // recovery after a crash may take long
        args: ['--wiredTigerCacheSizeGB', String(cacheSizeGb), '--nounixsocket'],
      },
    });
  } finally {
    console.warn = warn;
    if (given === undefined) delete process.env['MONGOMS_SYSTEM_BINARY'];
    else process.env['MONGOMS_SYSTEM_BINARY'] = given;
  }
}

/**
 * Starts one mongod on loopback without accounts, and waits until it takes connections.
 * The service stops it last; when the service is killed, a watcher process of mongodb-memory-server stops it.
 * @throws Error of mongodb-memory-server when it does not start
 */
export async function launchMongod(options: LaunchOptions): Promise<RunningMongod> {
  const server = await createServer(options);
  const instance = server.instanceInfo?.instance;
  const pid = instance?.mongodProcess?.pid;
  if (!instance || pid === undefined) throw new Error('mongod ended while it was starting');
  let stopping = false;
  (instance as NodeJS.EventEmitter).on('instanceClosed', () => {
    if (!stopping) options.onUnexpectedEnd();
  });
  return {
    process: identityOf(pid),
    async stop() {
      stopping = true;
      await server.stop({ doCleanup: false });
    },
  };
}
