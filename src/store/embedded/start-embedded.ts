import type { MongodSource } from '../../config/variables.js';
import type { StartupError } from '../../startup-error.js';
import type { MongodBinary, SourceContext } from './binary-source.js';
import { databasePath, prepareDataFolder, readDataFolderState, writeDataFolderState } from './data-folder.js';
import { lockDataFolder } from './data-folder-lock.js';
import { choosePort } from './free-port.js';
import { moveToPort } from './launch-primary.js';
import { seriesOf } from './probe-mongod.js';
import { REPLICA_SET } from './replica-set.js';
import { resolveMongod } from './resolve-mongod.js';
import { superviseMongod } from './supervise-mongod.js';
import { waitForPrevious } from './wait-for-previous.js';

export interface EmbeddedOptions extends Omit<SourceContext, 'series'> {
  /** Folder that keeps the data (`DATA_DIR`). */
  readonly dataDir: string;
  /** Sources of mongod to use; all when absent. */
  readonly sources?: readonly MongodSource[] | undefined;
  /** Port to use from now on; absent: the stored one, or a free one that is then stored. */
  readonly port?: number | undefined;
  readonly cacheSizeGb: number;
  /** Called when mongod has died and could not be started again. */
  readonly onFailure: (error: StartupError) => void;
}

export interface EmbeddedMongod {
  readonly uri: string;
  readonly port: number;
  readonly binary: MongodBinary;
  /** Process of the mongod that runs now. */
  pid(): number;
  stop(): Promise<void>;
}

/** Address of an embedded database. */
export const embeddedUri = (port: number): string => `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;

/**
 * Starts the embedded MongoDB that keeps its data (design.md 3.2, 4): finds mongod, locks the data folder,
 * waits for what a crash left, starts a one-node replica set on the folder's own port and waits for its primary.
 * @throws StartupError: no mongod, folder in use, port busy, damaged state, mongod does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedMongod> {
  const { dataDir, progress } = options;
  await prepareDataFolder(dataDir);
  const lock = await lockDataFolder(dataDir);
  try {
    const state = await readDataFolderState(dataDir);
    const series = state?.version === undefined ? undefined : seriesOf(state.version);
    const binary = await resolveMongod({ ...options, series }, options.sources);
    const port = options.port ?? state?.port ?? (await choosePort());
    await waitForPrevious(port, lock.left, progress);
    const launch = { binary, port, dbPath: databasePath(dataDir), cacheSizeGb: options.cacheSizeGb };
    if (state && state.port !== port) await moveToPort(launch);
    await writeDataFolderState(dataDir, { port, version: binary.version });
    const mongod = await superviseMongod({ launch, lock, progress, onFailure: options.onFailure });
    return {
      uri: embeddedUri(port),
      port,
      binary,
      pid: () => mongod.pid(),
      async stop() {
        await mongod.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
