import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import mongoose, { type mongo } from 'mongoose';
import { packageRoot } from '../../src/config/paths.js';
import { verifyAudit } from '../../src/store/audit-verify.js';
import { createAuditor } from '../../src/store/group-commit-auditor.js';
import { testDatabaseName, testDatabaseUri } from '../support/database.js';

const PEOPLE = 1_500;

describe('kill -9 in the middle of an import', () => {
  const uri = testDatabaseUri('import-crash');
  const database = testDatabaseName('import-crash');
  let connection: mongoose.Connection;
  let db: mongo.Db;
  let folder: string;
  let file: string;
  let rejects: string;

  const person = (n: number): object => ({ resourceType: 'Patient', id: `p-${n}`, name: [{ family: `Apagón ${n}` }] });
  const observation = (n: number, patient = n): object => ({
    resourceType: 'Observation',
    id: `o-${n}`,
    status: 'final',
    code: { text: 'Peso' },
    subject: { reference: `Patient/p-${patient}` },
  });

  beforeAll(async () => {
    connection = await mongoose.createConnection(uri, { dbName: database }).asPromise();
    db = connection.db as unknown as mongo.Db;
    folder = await mkdtemp(join(tmpdir(), 'import-crash-'));
    file = join(folder, 'all.ndjson');
    rejects = join(folder, 'rejects.ndjson');
    const lines = Array.from({ length: PEOPLE }, (_, n) => [
      // Every tenth refers forward, every hundredth to nobody.
      observation(n, n % 100 === 99 ? PEOPLE + n : n % 10 === 9 ? PEOPLE - 1 - n : n),
      person(n),
    ]);
    await writeFile(
      file,
      lines
        .flat()
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
  });
  // Not dropped: the killed process left an open transaction behind, and a drop would wait for its end.
  afterAll(async () => {
    await connection.close();
    await rm(folder, { recursive: true });
  });

  const importing = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'import', file, '--rejects', rejects, ...args], {
      cwd: packageRoot,
      env: { ...process.env, NODE_ENV: 'development', MONGODB_URI: uri, MONGODB_DATABASE: database },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const lineReached = async (): Promise<number> =>
    ((await db.collection('imports').findOne({})) as { line?: number } | null)?.line ?? 0;

  it('loses nothing, writes nothing twice, and tells every rejected line once', async () => {
    let kills = 0;
    for (const stopAt of [500, 1_500]) {
      const child = importing(kills === 0 ? [] : ['--continue']);
      while (child.exitCode === null && (await lineReached()) < stopAt) await sleep(5);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (child.signalCode === 'SIGKILL') kills += 1;
    }
    expect(kills).toBe(2);
    expect(await lineReached()).toBeLessThan(2 * PEOPLE);

    const last = importing(['--continue']);
    await once(last, 'exit');
    expect(last.exitCode).toBe(2);
    const count = (collection: string, filter: object = {}): Promise<number> =>
      db.collection(collection).countDocuments(filter);
    const lost = PEOPLE / 100;
    expect(await count('Patient')).toBe(PEOPLE);
    expect(await count('Observation')).toBe(PEOPLE - lost);
    expect(await count('history', { type: { $in: ['Patient', 'Observation'] } })).toBe(2 * PEOPLE - lost);
    expect(await count('import_lines', { state: { $ne: 'rejected' } })).toBe(0);
    expect(await db.collection('imports').findOne({})).toMatchObject({
      line: 2 * PEOPLE,
      read: true,
      counts: { read: 2 * PEOPLE, written: 2 * PEOPLE - lost, present: 0, rejected: lost },
    });
    const told = (await readFile(rejects, 'utf8')).split('\n').filter((line) => line !== '');
    expect(told.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(
      Array.from({ length: lost }, (_, n) => `o-${100 * n + 99}`),
    );

    // Each record stands in exactly one audited batch.
    const batches = await db.collection('audit').find({ sub: 'import' }).toArray();
    const records = batches.reduce((sum, batch) => sum + Number((batch['det'] as { records: string }).records), 0);
    expect(records).toBe(2 * PEOPLE - lost);
    const auditor = await createAuditor(db);
    await auditor.close();
    expect((await verifyAudit(db)).findings).toEqual([]);
  }, 180_000);
});
