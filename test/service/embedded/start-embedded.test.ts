import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { openDatabase } from '../../../src/store/connect.js';
import { connectReplicaSet } from '../../../src/store/connect-replica-set.js';
import { choosePort } from '../../../src/store/embedded/free-port.js';
import { liveOwner } from '../../../src/store/embedded/data-folder-lock.js';
import { databasePath, readDataFolderState, writeDataFolderState } from '../../../src/store/embedded/data-folder.js';
import type { EmbeddedMongod } from '../../../src/store/embedded/start-embedded.js';
import { EmbeddedFixture, refusal, testMongod } from './embedded-fixture.js';

const fixture = new EmbeddedFixture();
const settings = { name: 'embedded', poolSize: 5, waitMs: 10_000 };

/** Runs something on a connection of its own. */
async function on<T>(mongod: EmbeddedMongod, act: (connection: Connection) => Promise<T>): Promise<T> {
  const { connection } = await connectReplicaSet(mongod.uri, settings, fixture.progress);
  try {
    return await act(connection);
  } finally {
    await connection.close();
  }
}
const insert = (number: number) => (connection: Connection) => connection.collection('kept').insertOne({ number });
const count = (connection: Connection): Promise<number> => connection.collection('kept').countDocuments();

// Some seconds after a failed start the library prints once more, by then in the middle of other tests.
beforeAll(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterAll(() => fixture.cleanUp());

describe('the embedded database', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await fixture.folder();
  });

  it('says that the data is safe when mongod cannot open it', async () => {
    const damaged = await fixture.folder();
    await mkdir(databasePath(damaged));
    await writeFile(join(databasePath(damaged), 'storage.bson'), 'not what mongod wrote');
    const text = await refusal(fixture.start(damaged));
    expect(text).toContain('The database did not start: ');
    expect(text).toContain(`The data is still in ${databasePath(damaged)}`);
    expect(await liveOwner(damaged)).toBeUndefined();
  });

  it('keeps data and port over a restart', async () => {
    const first = await fixture.start(folder);
    await on(first, insert(1));
    await fixture.stop(first);
    const second = await fixture.start(folder);
    expect(second.port).toBe(first.port);
    expect(await on(second, count)).toBe(1);
    expect(await readDataFolderState(folder)).toEqual({ port: first.port, version: first.binary.version });
    await fixture.stop(second);
  });

  it('refuses a second instance and leaves the first alone', async () => {
    const first = await fixture.start(folder);
    expect(await refusal(fixture.start(folder))).toContain(`process ${process.pid}`);
    expect(await on(first, count)).toBe(1);
    await fixture.stop(first);
  });

  it('says that its port is busy, and moves to another one when asked', async () => {
    const { port } = (await readDataFolderState(folder))!;
    const strange = createServer().listen(port, '127.0.0.1');
    await once(strange, 'listening');
    expect(await refusal(fixture.start(folder))).toContain(`port ${port} is used by another program`);
    const moved = await fixture.start(folder, { port: await choosePort() });
    expect(moved.port).not.toBe(port);
    expect(await on(moved, count)).toBe(1);
    await fixture.stop(moved);
    strange.close();
    expect(await readDataFolderState(folder)).toHaveProperty('port', moved.port);
  });

  it('refuses another release series than the one that wrote the data', async () => {
    const state = (await readDataFolderState(folder))!;
    await writeDataFolderState(folder, { ...state, version: '99.0.1' });
    const text = await refusal(fixture.start(folder, { sources: ['system'] }));
    expect(text).toContain('MongoDB 99.0, the series that wrote the data, was not found');
    expect(text.split('\n')).toHaveLength(4);
    await writeDataFolderState(folder, state);
    const again = await fixture.start(folder);
    expect(await on(again, count)).toBe(1);
    await fixture.stop(again);
  });

  it('starts mongod again when it is killed, and loses nothing', async () => {
    const mongod = await fixture.start(folder);
    const killed = mongod.pid();
    await on(mongod, async (connection) => {
      await insert(2)(connection);
      process.kill(killed, 'SIGKILL');
      await insert(3)(connection);
    });
    // The new one answers a moment before the supervisor has seen it as primary.
    await expect.poll(() => mongod.pid(), { timeout: 30_000 }).not.toBe(killed);
    expect(await on(mongod, count)).toBe(3);
    expect(fixture.lines.join('\n')).toContain('the database ended; starting it again');
    await fixture.stop(mongod);
  });

  it('says that the data folder cannot be made', async () => {
    const file = join(await fixture.folder(), 'file');
    await writeFile(file, '');
    expect(await refusal(fixture.start(join(file, 'data')))).toContain('cannot be made (ENOTDIR)');
  });
});

describe('a killed service', () => {
  it('is followed by one that waits for its mongod and has every acknowledged document', async () => {
    const folder = await fixture.folder();
    const script = join(import.meta.dirname, 'crashing-service.mjs');
    const service = spawn(process.execPath, [script, folder, testMongod()], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = -1;
    for await (const line of createInterface({ input: service.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 50) service.kill('SIGKILL');
    }
    const config = fixture.config({ DATA_DIR: folder });
    const database = await openDatabase(config, fixture.progress);
    const written = await database.connection.collection('written').countDocuments();
    expect(written).toBeGreaterThanOrEqual(acknowledged + 1);
    expect(fixture.lines.join('\n')).toContain('waiting for its database to close');
    await database.close();
  });
});
