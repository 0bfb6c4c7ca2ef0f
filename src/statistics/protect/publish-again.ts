import type { AlternativeTables, Witness } from './alternative-tables.js';
import { complementary, type Demand, satisfy } from './demands.js';
import type { LinkedSystem } from './linked-system.js';
import { ProvenRanges } from './proven-ranges.js';

export interface Pattern {
  readonly tables: AlternativeTables;
  readonly hidden: ReadonlySet<number>;
  /** Alternative tables that prove the pattern. */
  readonly witnesses: readonly Witness[];
  readonly demands: readonly Demand[];
  /** Cells that must stay hidden. */
  readonly primary: ReadonlySet<number>;
}

/** Demands that one cell may leave unproven before it is not tried: it holds up too much of the pattern. */
const MAX_OPEN = 24;
/** Work limit, counted in linear programmes so that the result does not depend on the machine. */
const MAX_PROGRAMMES = 1_500;

/**
 * Complementary cells that are not needed after all, dearest first: each is published again when every demand that its
 * moves proved can be proven by the other hidden cells.
 * @returns the cells that stay hidden
 */
export function publishAgain(system: LinkedSystem, pattern: Pattern): ReadonlySet<number> {
  const { tables, primary } = pattern;
  const hidden = new Set(pattern.hidden);
  let witnesses = [...pattern.witnesses];
  let programmes = 0;
  system.values.forEach((_, cell) => tables.allow(cell, hidden.has(cell)));
  const price = (cell: number): number => (system.weights[cell] ?? 1) * Math.log(2 + (system.values[cell] ?? 0));
  const candidates = [...hidden].filter((cell) => !primary.has(cell)).sort((a, b) => price(b) - price(a) || a - b);
  for (const candidate of candidates) {
    const rest = witnesses.filter((witness) => !witness.has(candidate));
    const ranges = new ProvenRanges(system, rest);
    const others = [...hidden].filter((cell) => cell !== candidate);
    const open = [...pattern.demands, ...others.map((cell) => complementary(system, cell))].filter(
      ({ target, width }) => !ranges.wideEnough(target, width),
    );
    if (open.length > MAX_OPEN || programmes + 2 * open.length > MAX_PROGRAMMES) continue;
    tables.allow(candidate, false);
    const take = (witness: Witness): void => {
      rest.push(witness);
      ranges.add(witness);
    };
    programmes += 2 * open.length;
    if (open.every((demand) => satisfy(demand, tables, ranges, take))) {
      hidden.delete(candidate);
      witnesses = rest;
    } else tables.allow(candidate, true);
  }
  return hidden;
}
