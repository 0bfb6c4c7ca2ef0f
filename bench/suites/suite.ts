import type { Shape } from '../dataset/fill-database.js';
import type { PreparedDataSet } from '../dataset/data-set.js';
import type { BenchResult } from '../result-file.js';

/** What a suite is given. */
export interface SuiteOptions {
  readonly shape: Shape;
  /** Number of patients. */
  readonly size: number;
  /** Scenarios to measure; all when empty. */
  readonly scenarios: readonly string[];
  readonly users: readonly number[];
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly cacheGb: number;
  readonly say: (line: string) => void;
  /** The loaded data set; made when it is first asked for. */
  readonly dataSet: () => Promise<PreparedDataSet>;
}

export type Suite = (options: SuiteOptions) => Promise<BenchResult>;
