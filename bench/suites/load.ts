import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { mongo } from 'mongoose';
import { openBenchDatabase } from '../dataset/bench-database.js';
import { type BenchMongod, startEmptyMongod } from '../dataset/bench-mongod.js';
import { anyFacility } from '../dataset/busiest-facility.js';
import { loadInto } from '../dataset/data-set.js';
import { bundleMaker, bundleTemplate } from '../dataset/peers-bundle.js';
import { writeNdjson } from '../dataset/write-ndjson.js';
import { finiteLoop } from '../measure/closed-loop.js';
import { added, diskUse } from '../measure/disk-use.js';
import { thisCommit, thisMachine } from '../measure/machine.js';
import { type BenchRow, type Measurement, summarise, unsupported } from '../measure/measurement.js';
import { type MemoryUse, watchMemory } from '../measure/memory.js';
import type { DiskReport } from '../result-file.js';
import { httpTarget } from '../servers/http-target.js';
import { type Place, runProgram, startOurServer, tokenFor } from '../servers/our-server.js';
import type { Suite, SuiteOptions } from './suite.js';

/** Resources of one transaction. */
const ENTRIES = 12;

const row = (scenario: string, { size, users }: { size: number; users: number }, ours: Measurement): BenchRow => ({
  scenario,
  size,
  users,
  ours,
  bare: null,
  raw: null,
  ratio: null,
  unit: 'resources',
});

/** A rate of a load that is one piece of work: it has no percentiles. */
const rate = (resources: number, seconds: number): Measurement => ({
  ...summarise([{ durations: [], errors: 0, seconds }]),
  rps: Number((resources / Math.max(seconds, 0.001)).toFixed(1)),
});

/** Bytes of FHIR text of a person's records, on average. */
async function averageText(db: mongo.Db): Promise<number> {
  const [found] = await db
    .collection('history')
    .aggregate<{ bytes: number }>([
      { $match: { pt: { $exists: true } } },
      { $group: { _id: null, bytes: { $avg: { $strLenBytes: '$json' } } } },
    ])
    .toArray();
  return Math.round(found?.bytes ?? 0);
}

/** Runs a load and sees what it added on disk. */
async function withDisk<T extends { row: BenchRow; resources: number }>(
  db: mongo.Db,
  load: () => Promise<T>,
): Promise<T & { disk: DiskReport }> {
  const before = await diskUse(db);
  const loaded = await load();
  const collections = added(before, await diskUse(db));
  const { resources } = loaded;
  return {
    ...loaded,
    disk: { scenario: loaded.row.scenario, resources, jsonBytes: await averageText(db), collections },
  };
}

/** An empty database with catalogue and accounts, open for looking. */
async function withDatabase<T>(
  mongod: BenchMongod,
  database: string,
  work: (place: Place, db: mongo.Db) => Promise<T>,
): Promise<T> {
  const place = { uri: mongod.uri, database };
  await loadInto(place, { shape: 'peers', size: 0 });
  const { connection, db } = await openBenchDatabase(mongod.uri, database);
  try {
    return await work(place, db);
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}

/** New people by transactions of twelve linked resources over HTTP, then a cold start on what was loaded. */
async function byTransactions(
  place: Place,
  db: mongo.Db,
  { size, users: [users = 8] }: SuiteOptions,
): Promise<{ row: BenchRow; resources: number; memory: MemoryUse; firstAnswerMs: number }> {
  const server = await startOurServer(place);
  try {
    const { account, facility } = await anyFacility(db);
    const ours = httpTarget(server.base, await tokenFor(place, server, account), users);
    const next = bundleMaker(bundleTemplate(facility));
    const load = async (): Promise<boolean> =>
      (await ours.send({ method: 'POST', path: '/fhir', body: next() })).status === 200;
    const { result, memory } = await watchMemory(server.pid, () => finiteLoop(load, { users, times: size }));
    ours.close();
    await server.stop();
    const again = await startOurServer(place);
    await again.stop();
    const transactions = summarise([result]);
    const resources = result.durations.length * ENTRIES;
    const measured = { ...transactions, rps: rate(resources, result.seconds).rps };
    return {
      row: row('load-transactions', { size, users }, measured),
      resources,
      memory,
      firstAnswerMs: again.firstAnswerMs,
    };
  } finally {
    await server.stop();
  }
}

/** The same people as NDJSON files through the import command. */
async function byImport(place: Place, { size }: SuiteOptions): Promise<{ row: BenchRow; resources: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-bench-ndjson-'));
  try {
    const { paths, resources } = await writeNdjson(folder, size);
    const started = performance.now();
    const { code, complaint } = await runProgram(place, 'src/cli.js', ['import', ...paths]);
    const seconds = (performance.now() - started) / 1_000;
    const ours = code === 0 ? rate(resources, seconds) : unsupported(`exit ${code}: ${complaint}`);
    return { row: row('load-import', { size, users: 1 }, ours), resources: code === 0 ? resources : 0 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bySeed(place: Place, { shape, size }: SuiteOptions): Promise<{ row: BenchRow; resources: number }> {
  const { resources, seconds } = await loadInto(place, { shape, size });
  return { row: row('load-seed', { size, users: 1 }, rate(resources, seconds)), resources };
}

/**
 * Suite `load`: how fast people come in by transactions, by import, by the seed's loader, each into an empty database, what
 * they take on disk, what the service takes of memory meanwhile, and how soon it answers after a start. Nothing is warmed up.
 */
export const loadSuite: Suite = async (options) => {
  const { shape, size, seconds, warmUpSeconds, cacheGb, say } = options;
  const mongod = await startEmptyMongod(cacheGb);
  try {
    say('load by transactions ...');
    const transactions = await withDatabase(mongod, 'bench_transactions', (place, db) =>
      withDisk(db, () => byTransactions(place, db, options)),
    );
    say('load by import ...');
    const imported = await withDatabase(mongod, 'bench_import', (place, db) =>
      withDisk(db, () => byImport(place, options)),
    );
    say('load by the seed ...');
    const seeded = await withDatabase(mongod, 'bench_seed', (place, db) => withDisk(db, () => bySeed(place, options)));
    const loads = [transactions, imported, seeded];
    return {
      suite: 'load',
      commit: thisCommit(),
      machine: thisMachine(mongod.version),
      at: new Date().toISOString(),
      shape,
      size,
      resources: transactions.resources,
      options: { seconds, warmUpSeconds, cacheGb },
      firstAnswerMs: transactions.firstAnswerMs,
      memory: transactions.memory,
      disk: loads.filter(({ resources }) => resources > 0).map(({ disk }) => disk),
      rows: loads.map((load) => load.row),
    };
  } finally {
    await mongod.stop();
  }
};
