import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shape } from './dataset/fill-database.js';
import type { CollectionUse } from './measure/disk-use.js';
import type { Machine } from './measure/machine.js';
import type { BenchRow } from './measure/measurement.js';
import type { MemoryUse } from './measure/memory.js';

/** Disk use of what one way of loading wrote. */
export interface DiskReport {
  /** Scenario of the load. */
  readonly scenario: string;
  /** Current resources that were added. */
  readonly resources: number;
  /** Bytes of FHIR JSON of a resource, on average. */
  readonly jsonBytes: number;
  readonly collections: readonly CollectionUse[];
}

/** Result of one suite at one size (design.md 4a). */
export interface BenchResult {
  readonly suite: string;
  readonly commit: string;
  readonly machine: Machine;
  /** ISO 8601 instant of the end of the run. */
  readonly at?: string;
  readonly shape?: Shape;
  /** Patients in the data set. */
  readonly size?: number;
  /** Resources in the data set, the catalogue not counted. */
  readonly resources?: number;
  readonly options?: { readonly seconds: number; readonly warmUpSeconds: number; readonly cacheGb: number };
  /** From the start of our process to its first answer, ms, on the loaded database. */
  readonly firstAnswerMs?: number;
  /** Memory of our process, MiB. */
  readonly memory?: MemoryUse;
  readonly disk?: readonly DiskReport[];
  readonly rows: readonly BenchRow[];
}

/** `core-1000.json`; data shapes other than the seed's are named. */
export const resultFileName = ({
  suite,
  shape = 'seed',
  size,
}: Pick<BenchResult, 'suite' | 'shape' | 'size'>): string =>
  [suite, ...(shape === 'seed' ? [] : [shape]), size].join('-') + '.json';

/** Writes a result; gives the path of its file. */
export async function writeResult(folder: string, result: BenchResult): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, resultFileName(result));
  await writeFile(path, `${JSON.stringify(result, undefined, 1)}\n`);
  return path;
}

/** A result and the name of its file. */
export interface StoredResult {
  readonly file: string;
  readonly result: BenchResult;
}

/** All results of a folder by file name; none when there is no such folder. */
export async function readResults(folder: string): Promise<StoredResult[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      file,
      result: JSON.parse(await readFile(join(folder, file), 'utf8')) as BenchResult,
    })),
  );
}

/** Patients of a result; files of the first kind say it in their rows only. */
export const sizeOf = ({ size, rows }: BenchResult): number => size ?? rows[0]?.size ?? 0;
