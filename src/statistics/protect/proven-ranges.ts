import type { Target, Witness } from './alternative-tables.js';
import type { LinkedSystem } from './linked-system.js';

/** Moves that fall short by less than this count as full. */
const TOLERANCE = 1e-5;

interface Range {
  low: number;
  high: number;
}

const NO_MOVE: Readonly<Range> = { low: 0, high: 0 };

function stretch(ranges: Map<number, Range>, key: number, move: number): void {
  const range = ranges.get(key);
  if (!range) ranges.set(key, { low: Math.min(0, move), high: Math.max(0, move) });
  else if (move < range.low) range.low = move;
  else if (move > range.high) range.high = move;
}

/** How far each cell and each difference is known to be able to move, from the alternative tables found so far. */
export class ProvenRanges {
  readonly #system: LinkedSystem;
  readonly #cells = new Map<number, Range>();
  readonly #pairs = new Map<number, Range>();

  constructor(system: LinkedSystem, witnesses: Iterable<Witness> = []) {
    this.#system = system;
    for (const witness of witnesses) this.add(witness);
  }

  /** An alternative table is evidence for every cell that moves in it. */
  add(witness: Witness): void {
    const { contained, pairsOf } = this.#system;
    for (const [cell, move] of witness) {
      stretch(this.#cells, cell, move);
      for (const pair of pairsOf[cell] ?? []) {
        const { whole, part } = contained[pair] ?? { whole: cell, part: cell };
        stretch(this.#pairs, pair, (witness.get(whole) ?? 0) - (witness.get(part) ?? 0));
      }
    }
  }

  of(target: Target): Readonly<Range> {
    return ('pair' in target ? this.#pairs.get(target.pair) : this.#cells.get(target.cell)) ?? NO_MOVE;
  }

  /** True when the target can lie anywhere in an interval of this width. */
  wideEnough(target: Target, width: number): boolean {
    const { low, high } = this.of(target);
    return high - low >= width - TOLERANCE;
  }
}
