/** Figures of one cell: successes a second, percentiles of successes in ms, number of failures. */
export interface Measurement {
  readonly rps: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Requests that failed or were refused. */
  readonly errors: number;
  /** Why the cell was not run: what its first request was answered. */
  readonly error?: string;
}

/** One scenario at one size and load, ours beside the bare handler and the raw driver (design.md 3a.13). */
export interface BenchRow {
  readonly scenario: string;
  /** Patients in the data set. */
  readonly size: number;
  /** Callers at once, without think time. */
  readonly users: number;
  readonly ours: Measurement;
  /** Null where a row has nothing to stand beside (loads). */
  readonly bare: Measurement | null;
  readonly raw: Measurement | null;
  /** ours.rps / bare.rps; null when one of them has no figure. */
  readonly ratio: number | null;
  /** What `rps` counts; requests when absent. */
  readonly unit?: string;
  /** What a reader must know, for example that ours and the bare handler answered differently. */
  readonly note?: string;
}

/** A percentile of sorted values by the nearest-rank method; 0 for none. */
const percentile = (sorted: Float64Array, share: number): number =>
  sorted.length === 0 ? 0 : (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);

/** What one stretch of load gave: durations of successes in ms. */
export interface Sample {
  readonly durations: readonly number[];
  readonly errors: number;
  readonly seconds: number;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Figures of several stretches of the same load together. */
export function summarise(samples: readonly Sample[]): Measurement {
  const durations = samples.flatMap((sample) => sample.durations);
  const errors = samples.reduce((sum, sample) => sum + sample.errors, 0);
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
  const sorted = Float64Array.from(durations).sort();
  const at = (share: number): number => rounded(percentile(sorted, share), 2);
  return {
    rps: seconds > 0 ? rounded(durations.length / seconds, 1) : 0,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    errors,
  };
}

/** A cell that was not run because its first request failed. */
export const unsupported = (error: string): Measurement => ({ rps: 0, p50: 0, p95: 0, p99: 0, errors: 1, error });

/** ours / bare, two digits; null when either has no successes. */
export const ratioOf = (ours: Measurement, bare: Measurement): number | null =>
  ours.rps > 0 && bare.rps > 0 ? rounded(ours.rps / bare.rps, 2) : null;
