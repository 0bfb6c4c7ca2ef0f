/** How a failed delivery is tried again. */
export interface BackOff {
  /** Wait after the first failure, ms; each further one waits twice as long. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** Part of the wait that is drawn by lot, 0 to 1: what failed together does not come back together. */
  readonly jitter: number;
  /** Failures after which it is dead. */
  readonly tries: number;
}

/** About a day in all. */
export const BACK_OFF: BackOff = { firstMs: 5_000, mostMs: 2 * 3_600_000, jitter: 0.5, tries: 22 };

/**
 * Wait until the next try, ms.
 * @param failures so far, at least 1
 * @param afterMs what the other side asked for; never less than it, a day at most
 * @param random 0 to 1
 */
export function waitAfter(back: BackOff, failures: number, afterMs = 0, random: () => number = Math.random): number {
  const whole = Math.min(back.mostMs, back.firstMs * 2 ** Math.min(failures - 1, 30));
  const drawn = whole * (1 - back.jitter * random());
  return Math.max(drawn, Math.min(afterMs, 24 * 3_600_000));
}
