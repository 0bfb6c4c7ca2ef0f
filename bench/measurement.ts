/** Figures of one cell: successes a second, percentiles of successes in ms, share of errors. */
export interface Measurement {
  readonly rps: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Requests that failed or were refused. */
  readonly errors: number;
}

/** One scenario at one size and load, ours beside the bare handler and the raw driver (design.md 3a.13). */
export interface BenchRow {
  readonly scenario: string;
  /** Patients in the data set. */
  readonly size: number;
  /** Callers at once, without think time. */
  readonly users: number;
  readonly ours: Measurement;
  readonly bare: Measurement;
  readonly raw: Measurement;
  /** ours.rps / bare.rps. */
  readonly ratio: number;
}

/** A percentile of sorted values by the nearest-rank method. */
const percentile = (sorted: Float64Array, share: number): number =>
  sorted.length === 0 ? 0 : (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);

/** What one stretch of load gave: durations of successes in ms. */
export interface Sample {
  readonly durations: readonly number[];
  readonly errors: number;
  readonly seconds: number;
}

/** Figures of several stretches of the same load together. */
export function summarise(samples: readonly Sample[]): Measurement {
  const durations = samples.flatMap((sample) => sample.durations);
  const errors = samples.reduce((sum, sample) => sum + sample.errors, 0);
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
  const sorted = Float64Array.from(durations).sort();
  const at = (share: number): number => Math.round(percentile(sorted, share) * 100) / 100;
  return {
    rps: Math.round((durations.length / seconds) * 10) / 10,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    errors,
  };
}
