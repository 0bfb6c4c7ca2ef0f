import type { Sample } from './measurement.js';

/** One piece of work; resolves to false when it failed. `n` counts all calls of the loop from 0. */
export type Work = (n: number) => Promise<boolean>;

/**
 * Closed loop: `users` callers, each starts its next piece of work when the last one has ended. What
 * ends within the measured time counts, also when it began before: else slow work would lose its first and last pieces.
 * The first `warmUpMs` are not measured; durations are of successes only.
 */
export async function closedLoop(
  work: Work,
  options: { users: number; seconds: number; warmUpMs: number },
): Promise<Sample> {
  const durations: number[] = [];
  let errors = 0;
  let next = 0;
  const start = performance.now() + options.warmUpMs;
  const end = start + options.seconds * 1_000;
  const caller = async (): Promise<void> => {
    for (;;) {
      const begun = performance.now();
      if (begun >= end) return;
      const good = await work(next++).catch(() => false);
      const done = performance.now();
      if (done < start || done > end) continue;
      if (good) durations.push(done - begun);
      else errors += 1;
    }
  };
  await Promise.all(Array.from({ length: options.users }, caller));
  return { durations, errors, seconds: options.seconds };
}

/** The same callers for a fixed amount of work, all of it counted: loads. */
export async function finiteLoop(work: Work, options: { users: number; times: number }): Promise<Sample> {
  const durations: number[] = [];
  let errors = 0;
  let next = 0;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    while (next < options.times) {
      const begun = performance.now();
      const good = await work(next++).catch(() => false);
      if (good) durations.push(performance.now() - begun);
      else errors += 1;
    }
  };
  await Promise.all(Array.from({ length: options.users }, caller));
  return { durations, errors, seconds: (performance.now() - started) / 1_000 };
}
