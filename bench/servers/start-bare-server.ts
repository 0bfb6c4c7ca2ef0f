import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { packageRoot } from '../../src/config/paths.js';
import type { WorkSetting } from '../work/database-work.js';

/** Starts the bare handler in a process of its own on an open database. */
export async function startBareServer(
  uri: string,
  database: string,
  setting: WorkSetting,
): Promise<{ base: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-bench-bare-'));
  const file = join(folder, 'setting.json');
  await writeFile(file, mongoose.mongo.BSON.EJSON.stringify(setting));
  const child = fork(join(packageRoot, 'dist/bench/servers/bare-server.js'), [uri, database, file]);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the bare handler ended with ${code}`)));
  });
  return {
    base: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
