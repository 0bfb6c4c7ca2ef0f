/**
 * Quantile by nearest rank: the smallest value with at least the share `q` of all values at or below it.
 * @param q from 0 (exclusive) to 1
 * @throws RangeError for no values
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('a quantile needs values');
  return found;
}
