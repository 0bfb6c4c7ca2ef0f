import type { Sample } from './measurement.js';

/** One piece of work; resolves to false when it failed. `n` counts all calls of the loop from 0. */
export type Work = (n: number) => Promise<boolean>;

/**
 * Closed loop: `users` callers, each starts its next piece of work when the last one has ended. The first
 * `warmUpMs` are not counted; durations are of successes only.
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
      if (begun < start || done > end) continue;
      if (good) durations.push(done - begun);
      else errors += 1;
    }
  };
  await Promise.all(Array.from({ length: options.users }, caller));
  return { durations, errors, seconds: options.seconds };
}
