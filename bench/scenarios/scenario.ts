import type { DataSample } from '../dataset/sample.js';
import type { DatabaseWork } from '../work/database-work.js';

/** One request. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From `/fhir` on. */
  readonly path: string;
  readonly body?: string;
}

/** A piece of work that is done in three columns: ours and the bare handler by HTTP, the raw driver without it. */
export interface Scenario {
  readonly name: string;
  /** HTTP status of success. */
  readonly status: number;
  /** The n-th request; goes round the sample. Throws RangeError when the data set holds nothing to ask for. */
  ask(sample: DataSample, n: number): Ask;
  /** The database work of a request without FHIR rules; the text of the answer. */
  work(work: DatabaseWork, ask: Ask): Promise<string>;
}

/** The n-th of a list, round and round. Throws RangeError when it is empty. */
export function pick<T>(items: readonly T[], n: number, what: string): T {
  const item = items[n % items.length];
  if (item === undefined) throw new RangeError(`the data set holds no ${what} of the facility`);
  return item;
}
