import { constants } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadReport } from '../../src/seed/load-patients.js';
import { thisCommit } from '../measure/machine.js';
import { type Place, runProgram } from '../servers/our-server.js';
import { type BenchMongod, startBenchMongod } from './bench-mongod.js';
import type { DataSet } from './fill-database.js';

export const DATABASE = 'referencia_bench';

/** A folder that holds a loaded data set. */
export interface PreparedDataSet {
  readonly folder: string;
  /** What the loading did, when it was loaded. */
  readonly report: LoadReport;
  /** Deletes it, unless it is to be kept. */
  dispose(): Promise<void>;
}

const marker = (folder: string): string => join(folder, 'bench-data-set.json');

interface Marker {
  readonly commit: string;
  readonly report: LoadReport;
}

const readMarker = async (folder: string): Promise<Marker | undefined> =>
  JSON.parse(await readFile(marker(folder), 'utf8').catch(() => 'null')) ?? undefined;

/** Loads a data set with the loader of the seed, in a process of its own. Throws when that fails. */
export async function loadInto(place: Place, { shape, size }: DataSet): Promise<LoadReport> {
  const { code, output } = await runProgram(place, 'bench/dataset/fill-process.js', [shape, String(size)]);
  if (code !== 0) throw new Error(`loading ${shape} ${size} ended with ${code}`);
  return JSON.parse(output.split('\n').at(-1) ?? '') as LoadReport;
}

/**
 * A folder with the data set: the kept one of an earlier run, or one that is loaded now.
 * @param keep folder for data sets that stay; a temporary one when absent
 */
export async function prepareDataSet(
  dataSet: DataSet,
  options: { keep?: string; cacheGb: number; say: (line: string) => void },
): Promise<PreparedDataSet> {
  const { keep, cacheGb, say } = options;
  const folder =
    keep === undefined
      ? await mkdtemp(join(tmpdir(), 'rr-bench-set-'))
      : join(keep, `${dataSet.shape}-${dataSet.size}`);
  const dispose = async (): Promise<void> => {
    if (keep === undefined) await rm(folder, { recursive: true, force: true });
  };
  const kept = await readMarker(folder);
  if (kept) {
    say(`${folder}: loaded by commit ${kept.commit}; delete it when the stored form has changed since`);
    return { folder, report: kept.report, dispose };
  }
  // Half a data set of an interrupted run is none.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  say(`loading ${dataSet.shape}, ${dataSet.size} patients ...`);
  const mongod = await startBenchMongod(folder, cacheGb);
  try {
    const report = await loadInto({ uri: mongod.uri, database: DATABASE }, dataSet);
    await writeFile(marker(folder), JSON.stringify({ commit: thisCommit(), report } satisfies Marker));
    return { folder, report, dispose };
  } finally {
    await mongod.stop();
  }
}

/** Starts a database on a copy of a data set: what a run writes is gone after it, and the next one starts as this one did. */
export async function openCopy(set: PreparedDataSet, cacheGb: number): Promise<BenchMongod> {
  const folder = await mkdtemp(join(tmpdir(), 'rr-bench-db-'));
  await cp(set.folder, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  const mongod = await startBenchMongod(folder, cacheGb);
  return {
    ...mongod,
    async stop() {
      await mongod.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
