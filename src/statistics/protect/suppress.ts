import { loadHighs } from '../load-highs.js';
import { AlternativeTables, type Witness } from './alternative-tables.js';
import { complementary, demandsOf, satisfy, wishesOf } from './demands.js';
import type { LinkedSystem } from './linked-system.js';
import { ProvenRanges } from './proven-ranges.js';
import { publishAgain } from './publish-again.js';

export interface SuppressOptions {
  /** Counts from 1 to here are hidden. */
  readonly threshold: number;
  /** Cells that stay hidden because an earlier version hid them. */
  readonly keepHidden?: Iterable<number>;
  /** Cells that an earlier version published: everybody knows them. */
  readonly known?: ReadonlySet<number>;
}

/** Linear programmes that move many cells at once, before what is left is done one by one. */
const BULK_ROUNDS = 25;

/**
 * Method S: hides counts from 1 to the threshold, disclosive zeros, and as few further cells as it can find so that
 * every small count and every small difference can lie in an interval as wide as the rule itself (threshold - 1),
 * and no hidden cell can be computed. Works on all linked tables at once.
 * The result depends on the arguments alone.
 * @returns positions of the cells to hide
 */
export async function suppress(system: LinkedSystem, options: SuppressOptions): Promise<ReadonlySet<number>> {
  const { threshold, known = new Set<number>() } = options;
  const forced = [...(options.keepHidden ?? [])];
  if (threshold < 1) return new Set(forced);
  const demands = demandsOf(system, threshold, known);
  const primary = new Set([...forced, ...demands.flatMap(({ target }) => ('cell' in target ? [target.cell] : []))]);
  const zeros = new Set([...system.disclosiveZeros, ...forced]);
  const movable = new Set(
    system.values.flatMap((value, cell) => (!known.has(cell) && (value > 0 || zeros.has(cell)) ? [cell] : [])),
  );
  const tables = new AlternativeTables(await loadHighs(), system, movable);
  try {
    const hidden = new Set<number>();
    const witnesses: Witness[] = [];
    const ranges = new ProvenRanges(system);
    const hide = (cell: number): void => {
      if (hidden.has(cell)) return;
      hidden.add(cell);
      tables.hide(cell);
    };
    const take = (witness: Witness): void => {
      witnesses.push(witness);
      ranges.add(witness);
      for (const cell of witness.keys()) hide(cell);
    };
    primary.forEach(hide);
    for (let round = 0; round < BULK_ROUNDS; round += 1) {
      const witness = tables.moveMany(wishesOf(demands, ranges, round));
      if (witness) take(witness);
    }
    for (const demand of demands) satisfy(demand, tables, ranges, take);
    // A set hands out what is added during the walk: cells hidden on the way get their turn.
    for (const cell of hidden) satisfy(complementary(system, cell), tables, ranges, take);
    return publishAgain(system, { tables, hidden, witnesses, demands, primary });
  } finally {
    tables.dispose();
  }
}
