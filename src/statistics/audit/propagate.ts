import type { Knowledge } from './knowledge.js';

/** What a figure can be, both ends included; `high` is Infinity when nothing bounds it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Walks over all relations; few are needed, and every walk only narrows. */
const MAX_ROUNDS = 60;

/**
 * What anybody finds with a spreadsheet: from every sum and every containment the bounds of each hidden figure, again and
 * again until nothing changes. Whole numbers only, no solver.
 * @returns interval of every hidden figure
 */
export function propagate({ known, hidden, sums, contained }: Knowledge): Map<string, Interval> {
  const low = new Map<string, number>([...known, ...hidden]);
  const high = new Map<string, number>(known);
  const lowOf = (key: string): number => low.get(key) ?? 0;
  const highOf = (key: string): number => high.get(key) ?? Infinity;
  let changed = true;
  const atLeast = (key: string, bound: number): void => {
    if (!hidden.has(key) || bound <= lowOf(key)) return;
    low.set(key, bound);
    changed = true;
  };
  const atMost = (key: string, bound: number): void => {
    if (!hidden.has(key) || bound >= highOf(key)) return;
    high.set(key, bound);
    changed = true;
  };
  for (let round = 0; changed && round < MAX_ROUNDS; round += 1) {
    changed = false;
    for (const { total, parts } of sums) {
      const lows = parts.reduce((sum, part) => sum + lowOf(part), 0);
      const bounded = parts.filter((part) => highOf(part) !== Infinity);
      const highs = bounded.reduce((sum, part) => sum + highOf(part), 0);
      atLeast(total, lows);
      if (bounded.length === parts.length) atMost(total, highs);
      for (const part of parts) {
        atMost(part, highOf(total) - (lows - lowOf(part)));
        const others = highOf(part) === Infinity ? highs : highs - highOf(part);
        const open = parts.length - bounded.length - (highOf(part) === Infinity ? 1 : 0);
        if (open === 0) atLeast(part, lowOf(total) - others);
      }
    }
    for (const { whole, part } of contained) {
      atLeast(whole, lowOf(part));
      atMost(part, highOf(whole));
    }
  }
  return new Map([...hidden.keys()].map((key) => [key, { low: lowOf(key), high: highOf(key) }]));
}
