import { afterAll, describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readDataFolderState, writeDataFolderState } from '../../../src/store/embedded/data-folder.js';
import { liveOwner, lockDataFolder } from '../../../src/store/embedded/data-folder-lock.js';
import { identityOf, isRunning } from '../../../src/store/embedded/process-identity.js';
import { waitForPrevious } from '../../../src/store/embedded/wait-for-previous.js';
import { EmbeddedFixture, refusal } from './embedded-fixture.js';

const fixture = new EmbeddedFixture();
afterAll(() => fixture.cleanUp());

const lockOf = (folder: string): string => join(folder, 'service.lock');
const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

describe('the lock of a data folder', () => {
  it('lets one in, tells the second who is there, and is gone after release', async () => {
    const folder = await fixture.folder();
    const lock = await lockDataFolder(folder);
    await lock.describe({ port: 27_123 });
    const text = await refusal(lockDataFolder(folder));
    expect(text).toContain(`process ${process.pid}`);
    expect(text).toContain('database on port 27123');
    expect(await liveOwner(folder)).toMatchObject({ pid: process.pid, port: 27_123 });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    expect(await liveOwner(folder)).toBeUndefined();
  });

  it('lets exactly one of many in', async () => {
    const folder = await fixture.folder();
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(folder)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes over from a dead process and hands out what it left', async () => {
    const folder = await fixture.folder();
    const child = sleeper();
    const identity = identityOf(child.pid!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await writeFile(lockOf(folder), JSON.stringify({ ...identity, since: '2026-01-01T00:00:00Z', port: 27_200 }));
    const lock = await lockDataFolder(folder);
    expect(lock.left).toMatchObject({ ...identity, port: 27_200 });
    expect(JSON.parse(await readFile(lockOf(folder), 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('knows a later process with the same number', async () => {
    const folder = await fixture.folder();
    const sameNumber = { ...identityOf(process.pid), started: '1' };
    await writeFile(lockOf(folder), JSON.stringify({ ...sameNumber, since: '2026-01-01T00:00:00Z' }));
    expect(isRunning(sameNumber)).toBe(process.platform !== 'linux');
    if (process.platform === 'linux') await (await lockDataFolder(folder)).release();
  });

  it('does not take a process for running that has ended and was not yet noticed by its parent', async () => {
    // The shell starts a child, says its number, and becomes a program that never looks after it.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = identityOf(Number(line.toString()));
    expect(isRunning(child)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isRunning(child)).toBe(process.platform !== 'linux');
    parent.kill('SIGKILL');
  });

  it('takes over from a file that nobody can read', async () => {
    const folder = await fixture.folder();
    await writeFile(lockOf(folder), '{"pid":');
    const lock = await lockDataFolder(folder);
    expect(lock.left).toBeUndefined();
    await lock.release();
  });
});

describe('the state of a data folder', () => {
  it('is read as it was written', async () => {
    const folder = await fixture.folder();
    expect(await readDataFolderState(folder)).toBeUndefined();
    await writeDataFolderState(folder, { port: 27_300, version: '6.0.5' });
    expect(await readDataFolderState(folder)).toEqual({ port: 27_300, version: '6.0.5' });
  });

  it('says which file is damaged', async () => {
    const folder = await fixture.folder();
    await writeFile(join(folder, 'database.json'), '{"port": "x"}');
    expect(await refusal(readDataFolderState(folder))).toContain(`${join(folder, 'database.json')} is damaged`);
  });
});

describe('what the previous process left', () => {
  it('asks a mongod to end whose watcher is gone too', async () => {
    const child = sleeper();
    const left = { pid: 1, since: '2026-01-01T00:00:00Z', mongod: identityOf(child.pid!) };
    const ended = once(child, 'exit');
    await waitForPrevious(27_999, left, fixture.progress, { waitMs: 5_000, askAfterMs: 50 });
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(fixture.lines.join('\n')).toContain('the previous service ended abruptly');
  });

  it('does not wait for a strange program on the port', async () => {
    const strange = createServer().listen(0, '127.0.0.1');
    await once(strange, 'listening');
    const { port } = strange.address() as AddressInfo;
    const text = await refusal(waitForPrevious(port, undefined, fixture.progress));
    expect(text).toContain(`port ${port} is used by another program`);
    expect(text).toContain('MONGOD_PORT');
    strange.close();
  });
});
