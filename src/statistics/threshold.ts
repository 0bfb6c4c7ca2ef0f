/**
 * Counts from 1 to the threshold are hidden (design.md 3a.10): 5 unless the ministry decides otherwise, at most 10.
 * The threshold of a month is frozen with its counts.
 */
export const THRESHOLD = { least: 5, usual: 5, most: 10 } as const;

export const isThreshold = (value: number): boolean =>
  Number.isInteger(value) && value >= THRESHOLD.least && value <= THRESHOLD.most;
