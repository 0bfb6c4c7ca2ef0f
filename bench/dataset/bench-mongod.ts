import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { streamProgress } from '../../src/progress.js';
import { startEmbedded } from '../../src/store/embedded/start-embedded.js';

/** A one-node replica set of the bench. */
export interface BenchMongod {
  readonly uri: string;
  /** For example `8.0.12`. */
  readonly version: string;
  stop(): Promise<void>;
}

/** Starts a database on a folder, found like that of `npm start`. @param cacheGb memory for WiredTiger's cache */
export async function startBenchMongod(folder: string, cacheGb: number): Promise<BenchMongod> {
  const config = loadConfig({ ...process.env, NODE_ENV: 'development', DATA_DIR: folder });
  const mongod = await startEmbedded({
    ...config.database.embedded,
    dataDir: folder,
    env: process.env,
    cacheSizeGb: cacheGb,
    progress: streamProgress(),
    onFailure: (error) => {
      console.error(error.text);
      process.exit(1);
    },
  });
  return { uri: mongod.uri, version: mongod.binary.version, stop: () => mongod.stop() };
}

/** Starts a database on a temporary folder that goes away with it. */
export async function startEmptyMongod(cacheGb: number): Promise<BenchMongod> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-bench-db-'));
  const mongod = await startBenchMongod(folder, cacheGb);
  return {
    ...mongod,
    async stop() {
      await mongod.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
