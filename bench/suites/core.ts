import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type mongo } from 'mongoose';
import { packageRoot } from '../../src/config/paths.js';
import type { StoredResource } from '../../src/store/envelope.js';
import { closedLoop, type Work } from '../closed-loop.js';
import { DatabaseWork } from '../database-work.js';
import { httpTarget, type HttpTarget } from '../http-target.js';
import { type BenchRow, type Measurement, type Sample, summarise } from '../measurement.js';
import { drawSample, type DataSample } from '../sample.js';
import { runCommand, startOurServer } from '../servers/our-server.js';

export interface CoreOptions {
  readonly uri: string;
  readonly patients: number;
  readonly seconds: number;
  readonly warmUpMs: number;
  readonly say: (line: string) => void;
}

const DATABASE = 'referencia_bench';
const PORT = 18_080;
const ACCOUNTS = ['system.hosp1', 'system.hosp2', 'system.hosp3', 'system.hosp4', 'system.cis1', 'system.uaps1'];
const USERS = [8, 32] as const;
/** Stretches that make up the measured time of one cell. */
const ROUNDS = 3;

interface Scenario {
  readonly name: string;
  readonly http: (target: HttpTarget, sample: DataSample) => Work;
  readonly raw: (work: DatabaseWork, sample: DataSample) => Work;
}

const pick = <T>(items: readonly T[], n: number): T => items[n % items.length]!;

/** The core rows of the contract (design.md 4a). Reads go round the sample, updates too, so that few of them meet. */
const SCENARIOS: readonly Scenario[] = [
  {
    name: 'read',
    http:
      (target, { reads }) =>
      async (n) =>
        (await target.send('GET', `/fhir/${pick(reads, n)}`)) === 200,
    raw:
      (work, { reads }) =>
      async (n) => {
        const [type = '', id = ''] = pick(reads, n).split('/');
        return (await work.read(type, id)).length > 0;
      },
  },
  {
    name: 'create',
    http:
      (target, { create }) =>
      async () =>
        (await target.send('POST', `/fhir/${create.type}`, create.body)) === 201,
    raw:
      (work, { create }) =>
      async () =>
        (await work.create([create])).length > 0,
  },
  {
    name: 'update',
    http:
      (target, { updates }) =>
      async (n) => {
        const { id, json } = pick(updates, n);
        return (await target.send('PUT', `/fhir/Observation/${id}`, json)) === 200;
      },
    raw:
      (work, { updates }) =>
      async (n) =>
        (await work.update('Observation', pick(updates, n).id)).length > 0,
  },
  {
    name: 'transaction',
    http:
      (target, { transactionBody }) =>
      async () =>
        (await target.send('POST', '/fhir', transactionBody)) === 200,
    raw:
      (work, { transaction }) =>
      async () =>
        (await work.create(transaction)).length > 0,
  },
];

async function busiestFacility(db: mongo.Db): Promise<{ account: string; facility: string }> {
  const accounts = await db
    .collection<{ _id: string; facility: string }>('accounts')
    .find({ _id: { $in: ACCOUNTS } })
    .toArray();
  const counted = await Promise.all(
    accounts.map(async ({ _id: account, facility }) => ({
      account,
      facility,
      n: await db.collection<StoredResource>('Observation').countDocuments({ own: facility }),
    })),
  );
  const [best] = counted.sort((a, b) => b.n - a.n);
  if (!best || best.n === 0) throw new Error('no demonstration facility keeps Observations in this data set');
  return best;
}

async function startBare(uri: string, sample: DataSample): Promise<{ base: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-bench-'));
  const file = join(folder, 'templates.json');
  const { create, transaction } = sample;
  await writeFile(file, mongoose.mongo.BSON.EJSON.stringify({ create, transaction }));
  const child = fork(join(packageRoot, 'dist/bench/servers/bare-server.js'), [uri, DATABASE, file]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    base: `http://127.0.0.1:${port}`,
    async stop() {
      child.disconnect();
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Core suite: read, create, update, transaction of 12; ours, the bare handler and the raw driver in one run on the
 * same database and data, in turns. Closed loop without think time at 8 and 32 callers.
 */
export async function coreSuite(options: CoreOptions): Promise<readonly BenchRow[]> {
  const { uri, patients, seconds, warmUpMs, say } = options;
  const connection = await mongoose
    .createConnection(uri, {
      dbName: DATABASE,
      maxPoolSize: 50,
      writeConcern: { w: 'majority', j: true },
      readConcern: { level: 'majority' },
    })
    .asPromise();
  const db = connection.db as unknown as mongo.Db;
  await connection.dropDatabase();
  const first = await startOurServer(uri, DATABASE, PORT);
  await runCommand(uri, DATABASE, ['seed', '--patients', String(patients), '--seed', '1']);
  const { account, facility } = await busiestFacility(db);
  const sample = await drawSample(db, facility);
  const token = (await runCommand(uri, DATABASE, ['token', account])).trim();
  await first.stop();

  const bareServer = await startBare(uri, sample);
  const ourServer = await startOurServer(uri, DATABASE, PORT);
  const most = Math.max(...USERS);
  const targets = { bare: httpTarget(bareServer.base, undefined, most), ours: httpTarget(ourServer.base, token, most) };
  const driver = new DatabaseWork(connection.getClient(), db);
  const columns: Readonly<Record<'ours' | 'bare' | 'raw', (scenario: Scenario) => Work>> = {
    raw: (scenario) => scenario.raw(driver, sample),
    bare: (scenario) => scenario.http(targets.bare, sample),
    ours: (scenario) => scenario.http(targets.ours, sample),
  };
  const samples = new Map<string, Sample[]>();
  for (const scenario of SCENARIOS)
    for (const users of USERS) {
      say(`${scenario.name}, ${users} ...`);
      // In turns, so that what else happens on the machine meets all columns alike.
      for (let round = 0; round < ROUNDS; round += 1)
        for (const [column, work] of Object.entries(columns)) {
          const key = `${scenario.name} ${users} ${column}`;
          const load = { users, seconds: seconds / ROUNDS, warmUpMs: round === 0 ? warmUpMs : 500 };
          samples.set(key, [...(samples.get(key) ?? []), await closedLoop(work(scenario), load)]);
        }
    }
  targets.bare.close();
  targets.ours.close();
  await bareServer.stop();
  await ourServer.stop();
  await connection.dropDatabase();
  await connection.close();

  return SCENARIOS.flatMap(({ name }) =>
    USERS.map((users) => {
      const of = (column: keyof typeof columns): Measurement =>
        summarise(samples.get(`${name} ${users} ${column}`) ?? []);
      const cell = { ours: of('ours'), bare: of('bare'), raw: of('raw') };
      const ratio = Math.round((cell.ours.rps / cell.bare.rps) * 100) / 100;
      return { scenario: name, size: patients, users, ...cell, ratio };
    }),
  );
}
