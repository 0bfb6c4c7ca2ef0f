import { createHash } from 'node:crypto';

/** A reproducible source of chance: the same seed gives the same values on every machine. */
export interface Random {
  /** Number in [0, 1). */
  next(): number;
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** Number around `mean` with standard deviation `deviation`, kept within three deviations. */
  normal(mean: number, deviation: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One element. Throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T;
  /** One element, chosen in proportion to its weight. Throws RangeError when no weight is above zero. */
  weighted<T>(list: readonly T[], weightOf: (item: T) => number): T;
  /** An own source for a part of the work, so that a change in one part leaves the others as they were. */
  fork(label: string): Random;
}

/** Generator sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, period at least 2^32. */
function sfc32(words: readonly [number, number, number, number]): () => number {
  let [a, b, c, counter] = words;
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
}

/** Number in [0, limit) that depends on the text alone. */
export const hashNumber = (text: string, limit: number): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) % limit;

/** Reproducible source of chance for a seed text. */
export function createRandom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  const next = sfc32([digest.readInt32BE(0), digest.readInt32BE(4), digest.readInt32BE(8), digest.readInt32BE(12)]);
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const uniform = (): number => next() + next() + next() + next() + next() + next() - 3;
  return {
    next,
    int,
    // Sum of six uniform numbers: mean 0, variance 1/2.
    normal: (mean, deviation) => mean + Math.max(-3, Math.min(3, uniform() * Math.SQRT2)) * deviation,
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[int(0, list.length - 1)] as (typeof list)[number];
    },
    weighted: (list, weightOf) => {
      const total = list.reduce((sum, item) => sum + weightOf(item), 0);
      if (!(total > 0)) throw new RangeError('no weight above zero');
      let left = next() * total;
      const found = list.find((item) => (left -= weightOf(item)) < 0);
      return found ?? list.filter((item) => weightOf(item) > 0).at(-1)!;
    },
    fork: (label) => createRandom(`${seed}|${label}`),
  };
}
