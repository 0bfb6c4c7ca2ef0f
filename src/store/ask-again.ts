import { setTimeout as sleep } from 'node:timers/promises';

/** How long a transaction that stands in the way is waited for before the own one is tried again, ms. */
const PATIENCE_MS = 100;
const WRITE_CONFLICT = 112;
const DUPLICATE_KEY = 11000;

/** A snapshot inside a transaction shows more than a majority has; what is told to others must last. */
export const MAJORITY = { readConcern: { level: 'majority' } } as const;

/** True for the error of a write to a document that another transaction has written. */
export function isTaken(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === WRITE_CONFLICT || code === DUPLICATE_KEY;
}

/**
 * Asks what another transaction has left, again and less and less often, for as long as a transaction usually takes.
 * Faster than bursts of own transactions that fail at the same place.
 * @param deadline `performance.now()` at which everything ends, ms
 * @returns the first answer; undefined when there is none in time
 */
export async function askAgain<T>(deadline: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = Math.min(deadline, performance.now() + PATIENCE_MS);
  for (let pause = 4; ; pause *= 2) {
    const found = await ask();
    if (found !== undefined || performance.now() > end) return found;
    await sleep(pause * (0.5 + Math.random()));
  }
}
