import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/config.js';
import { packageRoot } from '../src/config/paths.js';
import { streamProgress } from '../src/progress.js';
import { startEmbedded } from '../src/store/embedded/start-embedded.js';
import type { BenchRow } from './measurement.js';
import { coreSuite, type CoreOptions } from './suites/core.js';

const SUITES: Readonly<Record<string, (options: CoreOptions) => Promise<readonly BenchRow[]>>> = { core: coreSuite };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    patients: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '15' },
    'warm-up': { type: 'string', default: '5' },
  },
});
const name = positionals[0] ?? 'core';
const suite = SUITES[name];
if (!suite) {
  console.error(`suite? ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: packageRoot, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};

const line = (row: BenchRow): string =>
  [
    `${row.scenario} (${row.users})`.padEnd(18),
    ...[row.ours, row.bare, row.raw].map((m) =>
      `${String(m.rps).padStart(8)}/s p50 ${m.p50} p95 ${m.p95} p99 ${m.p99} errors ${m.errors}`.padEnd(56),
    ),
    `ratio ${row.ratio}`,
  ].join(' | ');

const dataDir = await mkdtemp(join(tmpdir(), 'rr-bench-db-'));
const config = loadConfig({ ...process.env, NODE_ENV: 'development', DATA_DIR: dataDir });
const mongod = await startEmbedded({
  ...config.database.embedded,
  dataDir,
  env: process.env,
  cacheSizeGb: 2,
  progress: streamProgress(),
  onFailure: (error) => {
    console.error(error.text);
    process.exit(1);
  },
});
try {
  const rows = await suite({
    uri: mongod.uri,
    patients: Number(values.patients),
    seconds: Number(values.seconds),
    warmUpMs: Number(values['warm-up']) * 1_000,
    say: (text) => console.error(text),
  });
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    mongod: mongod.binary.version,
  };
  const folder = join(packageRoot, 'bench', 'results');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}-${values.patients}.json`);
  await writeFile(file, `${JSON.stringify({ suite: name, commit: commit(), machine, rows }, undefined, 1)}\n`);
  console.log('scenario (users)   | ours | bare Express handler | raw driver | ours / bare');
  for (const row of rows) console.log(line(row));
  console.log(file);
} finally {
  await mongod.stop();
  await rm(dataDir, { recursive: true, force: true });
}
