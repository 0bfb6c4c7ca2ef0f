import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/config/paths.js';
import { type Shape, SHAPES } from './dataset/fill-database.js';

/** What the command line asks for. */
export interface BenchOptions {
  readonly suite: string;
  readonly shape: Shape;
  readonly sizes: readonly number[];
  readonly users: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Scenarios to measure; all of the suite when empty. Such a part is printed, and no result file is written. */
  readonly scenarios: readonly string[];
  /** Folder in which data sets stay for the next run. */
  readonly keep?: string;
  /** Memory of WiredTiger's cache in GB; by size when absent. */
  readonly cacheGb?: number;
  /** Folder of the result files. */
  readonly results: string;
}

/** From so many patients on the database gets 4 GB of cache, below 2 GB (design.md 3a.22). */
const LARGE = 100_000;
const MOST_PATIENTS = 1_000_000;

const number = (text: string, name: string, low: number, high: number): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high))
    throw new RangeError(`--${name}: a number from ${low} to ${high}`);
  return value;
};

const whole = (text: string, name: string, high: number): number => {
  const value = number(text, name, 1, high);
  if (!Number.isInteger(value)) throw new RangeError(`--${name}: a whole number`);
  return value;
};

/**
 * Options of `npm run bench -- [suite] ...`.
 * @throws RangeError for a value that is none, TypeError of `parseArgs` for an unknown option
 */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      size: { type: 'string', multiple: true, default: [] },
      patients: { type: 'string', multiple: true, default: [] },
      shape: { type: 'string', default: 'seed' },
      scenario: { type: 'string', multiple: true, default: [] },
      users: { type: 'string', multiple: true, default: ['8', '32'] },
      seconds: { type: 'string', default: '15' },
      'warm-up': { type: 'string', default: '60' },
      data: { type: 'string' },
      cache: { type: 'string' },
      results: { type: 'string', default: join(packageRoot, 'bench', 'results') },
    },
  });
  const shape = SHAPES.find((known) => known === values.shape);
  if (!shape) throw new RangeError(`--shape: ${SHAPES.join(', ')}`);
  const sizes = [...values.size, ...values.patients].map((text) => whole(text, 'size', MOST_PATIENTS));
  return {
    suite: positionals[0] ?? 'core',
    shape,
    sizes: sizes.length > 0 ? sizes : [1_000],
    scenarios: values.scenario,
    users: values.users.map((text) => whole(text, 'users', 1_000)),
    seconds: number(values.seconds, 'seconds', 0.1, 3_600),
    warmUpSeconds: number(values['warm-up'], 'warm-up', 0, 3_600),
    ...(values.data === undefined ? {} : { keep: values.data }),
    ...(values.cache === undefined ? {} : { cacheGb: number(values.cache, 'cache', 0.25, 1_024) }),
    results: values.results,
  };
}

/** Memory of WiredTiger's cache for a data set, GB. */
export const cacheFor = ({ cacheGb }: Pick<BenchOptions, 'cacheGb'>, size: number): number =>
  cacheGb ?? (size >= LARGE ? 4 : 2);
