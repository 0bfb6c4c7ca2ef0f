import type { AlternativeTables, Target, Witness } from './alternative-tables.js';
import type { LinkedSystem } from './linked-system.js';
import type { ProvenRanges } from './proven-ranges.js';

/** Something hidden, and how wide the interval must be in which a reader has to leave it. */
export interface Demand {
  readonly target: Target;
  readonly value: number;
  /** Distance to the low end of what the rule itself tells, 1 to the threshold. */
  readonly down: number;
  readonly width: number;
}

const isSmall = (value: number, threshold: number): boolean => value >= 1 && value <= threshold;

/**
 * Cells that the rule hides, and differences that it hides as if they stood in a table. Small counts first: they have
 * the least room downwards and decide most of the pattern.
 * @param known cells that an earlier version published: they cannot be hidden any more
 */
export function demandsOf(system: LinkedSystem, threshold: number, known: ReadonlySet<number>): Demand[] {
  const width = threshold - 1;
  const value = (cell: number): number => system.values[cell] ?? 0;
  const demand = (target: Target, count: number): Demand => ({
    target,
    value: count,
    down: Math.max(0, count - 1),
    width,
  });
  const cells = system.values.flatMap((count, cell) =>
    isSmall(count, threshold) && !known.has(cell) ? [demand({ cell }, count)] : [],
  );
  const zeros = system.disclosiveZeros.filter((cell) => !known.has(cell)).map((cell) => demand({ cell }, 0));
  const pairs = system.contained.flatMap(({ whole, part }, pair) => {
    const count = value(whole) - value(part);
    // Where nothing is contained the difference is the whole itself, a cell of its own.
    return value(part) > 0 && isSmall(count, threshold) ? [demand({ pair }, count)] : [];
  });
  return [...cells, ...zeros, ...pairs].sort((a, b) => a.value - b.value);
}

/** Demand on a cell that was hidden for another's sake: it must not be computable. */
export const complementary = (system: LinkedSystem, cell: number): Demand => ({
  target: { cell },
  value: system.values[cell] ?? 0,
  down: 0,
  width: 1,
});

/** A sign that looks random and is always the same. */
const signOf = (cell: number, round: number): 1 | -1 =>
  ((Math.imul(cell + 1, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca6b)) >>> 13) & 1 ? 1 : -1;

/** What cells still lack, half of it upwards and half downwards, so that much of it can cancel out within the tables. */
export function wishesOf(demands: readonly Demand[], ranges: ProvenRanges, round: number): Map<number, number> {
  const wishes = new Map<number, number>();
  for (const { target, down, width } of demands) {
    if (!('cell' in target) || ranges.wideEnough(target, width)) continue;
    const { low, high } = ranges.of(target);
    const below = Math.min(down, width);
    const wish = signOf(target.cell, round) < 0 && low > -below ? -below : width - below;
    if (wish !== 0 && (wish < 0 || high < wish)) wishes.set(target.cell, wish);
  }
  return wishes;
}

/** Moves the target until its interval is as wide as demanded; false when no table allows it. */
export function satisfy(
  { target, down, width }: Demand,
  tables: AlternativeTables,
  ranges: ProvenRanges,
  take: (witness: Witness) => void,
): boolean {
  if (ranges.wideEnough(target, width)) return true;
  if (down > 0 && ranges.of(target).low > -down) {
    const lower = tables.move(target, -Math.min(down, width));
    if (lower) take(lower);
  }
  const missing = width + ranges.of(target).low;
  const upper = missing > 0 ? tables.move(target, missing) : undefined;
  if (upper) take(upper);
  return ranges.wideEnough(target, width);
}
