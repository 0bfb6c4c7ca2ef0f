import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { recordedProgress } from '../../src/progress.js';
import type { MongodBinary } from '../../src/store/embedded/binary-source.js';
import { startEmbedded } from '../../src/store/embedded/start-embedded.js';

/** A replica set for one test run, with the same code that `npm start` uses; its data goes away at the end. */
export async function startTestReplicaSet(): Promise<{ uri: string; binary: MongodBinary; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rr-mongo-'));
  const mongod = await startEmbedded({
    ...loadConfig({ ...process.env, NODE_ENV: 'test' }).database.embedded,
    dataDir,
    env: process.env,
    // Three workers write all the time: in half a gigabyte mongod spent 130 s of CPU in a run throwing pages out.
    cacheSizeGb: 2,
    progress: recordedProgress((line) => process.stderr.write(`${line}\n`)),
    onFailure: (error) => process.stderr.write(`${error.text}\n`),
  });
  return {
    uri: mongod.uri,
    binary: mongod.binary,
    async stop() {
      await mongod.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
