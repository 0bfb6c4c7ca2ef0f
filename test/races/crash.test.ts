import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import mongoose, { type mongo } from 'mongoose';
import { packageRoot } from '../../src/config/paths.js';
import { createAuditor } from '../../src/store/group-commit-auditor.js';
import { verifyAudit } from '../../src/store/audit-verify.js';
import { demoToken } from '../support/demo-token.js';
import { testDatabaseName, testDatabaseUri } from '../support/database.js';

const CREATES = 2_000;
const KILL_AFTER = 700;
const WORKERS = 16;

describe('kill -9 in the middle of creates', () => {
  const uri = testDatabaseUri('crash');
  const database = testDatabaseName('crash');
  let connection: mongoose.Connection;
  let db: mongo.Db;

  beforeAll(async () => {
    connection = await mongoose.createConnection(uri, { dbName: database }).asPromise();
    db = connection.db as unknown as mongo.Db;
  });
  // Not dropped: the killed process left open transactions behind, and a drop would wait a minute for their end.
  afterAll(() => connection.close());

  /** The service as a process of its own, so that it can be killed without the database. */
  async function startProcess(): Promise<{ base: string; kill(): Promise<void> }> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd: packageRoot,
      env: {
        ...process.env,
        NODE_ENV: 'development',
        MONGODB_URI: uri,
        MONGODB_DATABASE: database,
        PORT: '0',
        LOG_LEVEL: 'fatal',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('listo / ready:')) continue;
      child.stdout.resume();
      return {
        base: `${line.slice('listo / ready:'.length).trim()}/fhir`,
        async kill() {
          child.kill('SIGKILL');
          if (child.signalCode === null) await once(child, 'exit');
        },
      };
    }
    throw new Error('the service did not start');
  }

  it(`keeps every acknowledged create with its history (the outbox row) and audit record`, async () => {
    const service = await startProcess();
    const token = await demoToken(db, 'conformance', service.base);
    const acknowledged: string[] = [];
    let sent = 0;
    let killed: Promise<void> | undefined;
    const worker = async (): Promise<void> => {
      while (sent < CREATES && !killed) {
        sent += 1;
        const body = JSON.stringify({ resourceType: 'Patient', name: [{ family: `Apagón ${sent}` }] });
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
        const answer = await fetch(`${service.base}/Patient`, { method: 'POST', headers, body }).catch(() => undefined);
        if (answer?.status !== 201) continue;
        const { id } = (await answer.json().catch(() => ({}))) as { id?: string };
        // The status line is the acknowledgement; the id is in Location too when the body was cut off.
        acknowledged.push(id ?? answer.headers.get('location')?.split('/').at(-3) ?? '');
        if (acknowledged.length >= KILL_AFTER) killed ??= service.kill();
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
    await killed;
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER);

    const present = async (collection: string, field: string, values: readonly string[]): Promise<number> =>
      (await db.collection(collection).distinct(field, { [field]: { $in: [...values] } })).length;
    expect(await present('Patient', '_id', acknowledged as never)).toBe(acknowledged.length);
    const versions = acknowledged.map((id) => `Patient/${id}/1`);
    expect(await present('history', '_id', versions as never)).toBe(acknowledged.length);
    const entities = acknowledged.map((id) => `Patient/${id}/_history/1`);
    const audited = await db.collection('audit').distinct('ent', { ent: { $in: entities } });
    expect(audited.filter((entity: string) => entities.includes(entity))).toHaveLength(acknowledged.length);

    // Nothing half-written: as many current versions as history rows of this name.
    const people = { s: { $exists: true }, 's.str': { $elemMatch: { $gte: 'name~apagon', $lt: 'name~apagoo' } } };
    const written = await db.collection('Patient').countDocuments(people);
    const rows = await db.collection('history').countDocuments({ type: 'Patient', json: /Apagón/ });
    expect(written).toBe(rows);

    const auditor = await createAuditor(db);
    await auditor.close();
    const verdict = await verifyAudit(db);
    expect(verdict.findings).toEqual([]);
    expect(verdict.records).toBeGreaterThan(acknowledged.length);
  }, 90_000);
});
