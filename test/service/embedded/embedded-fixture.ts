import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/config.js';
import type { Config } from '../../../src/config/config.js';
import { recordedProgress } from '../../../src/progress.js';
import { startEmbedded } from '../../../src/store/embedded/start-embedded.js';
import type { EmbeddedMongod, EmbeddedOptions } from '../../../src/store/embedded/start-embedded.js';

/** The mongod that this test run uses (test/support/global-setup.mjs). */
export const testMongod = (): string => process.env['TEST_MONGOD_BINARY'] ?? '';

/** Folders, databases and words of one suite; `cleanUp` stops and removes all. */
export class EmbeddedFixture {
  /** Lines that people would have read. */
  readonly lines: string[] = [];
  readonly progress = recordedProgress((line) => void this.lines.push(line));
  readonly #running = new Set<EmbeddedMongod>();
  readonly #folders: string[] = [];

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'rr-embedded-'));
    this.#folders.push(path);
    return path;
  }

  config(env: Record<string, string>): Config {
    return loadConfig({ NODE_ENV: 'test', MONGOMS_SYSTEM_BINARY: testMongod(), ...env });
  }

  async start(dataDir: string, changes: Partial<EmbeddedOptions> = {}): Promise<EmbeddedMongod> {
    const mongod = await startEmbedded({
      ...this.config({}).database.embedded,
      dataDir,
      env: process.env,
      progress: this.progress,
      onFailure: (error) => void this.lines.push(error.text),
      ...changes,
    });
    this.#running.add(mongod);
    return mongod;
  }

  async stop(mongod: EmbeddedMongod): Promise<void> {
    this.#running.delete(mongod);
    await mongod.stop();
  }

  async cleanUp(): Promise<void> {
    for (const mongod of this.#running) await mongod.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}

/** The text an operator would have read; fails when nothing was thrown. */
export const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => {
      throw new Error('this should have been refused');
    },
    (error: { text?: string }) => error.text ?? String(error),
  );
