import type { Highs, Model } from 'highs';
import type { LinkedSystem } from './linked-system.js';

/** What is to move: a cell, or the difference of a whole and its part (position in `contained`). */
export type Target = { readonly cell: number } | { readonly pair: number };

/** Another table that agrees with everything published: how far each cell that differs moves. */
export type Witness = ReadonlyMap<number, number>;

/** Moves smaller than this are noise of the solver. */
const TOLERANCE = 1e-6;
/** Price of a hidden cell's move: nearly nothing, so that as few as can be take part. */
const HIDDEN_COST = 0.02;
const MAX_MOVE = 1e6;
/** Worth of one step of a wish: more than most published cells cost, less than a national figure does. */
const REWARD = 6;

interface Column {
  readonly cell: number;
  /** Farthest move down: what is hidden is known to be at least 1 when it is not zero. */
  readonly room: number;
}

/**
 * Finds other tables that agree with everything published: a vector of moves that keeps every sum, every containment and
 * every lower bound. Its support must be hidden, and then the tables with and without the move are both possible
 * for a reader. A linear programme chooses the cheapest support (each cell has one column up, one down).
 */
export class AlternativeTables {
  readonly #model: Model;
  readonly #columns: readonly Column[];
  readonly #columnOf = new Map<number, number>();
  readonly #costs: number[];
  /** Row of each containment that can move at all; its least value. */
  readonly #pairRows = new Map<number, { readonly row: number; readonly least: number }>();
  readonly #infinity: number;
  readonly #optimal: number;

  /** @param movable cells that may take part: those that are not published already and not a plain zero */
  constructor(highs: Highs, system: LinkedSystem, movable: ReadonlySet<number>) {
    this.#infinity = highs.infinity;
    this.#optimal = highs.constants.modelStatus.optimal;
    const value = (cell: number): number => system.values[cell] ?? 0;
    this.#columns = [...movable].map((cell) => ({ cell, room: Math.max(0, value(cell) - 1) }));
    this.#columns.forEach(({ cell }, index) => this.#columnOf.set(cell, index));

    const [starts, indices, values]: [number[], number[], number[]] = [[0], [], []];
    const [rowLower, rowUpper]: [number[], number[]] = [[], []];
    const addRow = (
      entries: readonly (readonly [cell: number, sign: number])[],
      lower: number,
      upper: number,
    ): void => {
      for (const [cell, sign] of entries) {
        const column = this.#columnOf.get(cell);
        if (column === undefined) continue;
        indices.push(2 * column, 2 * column + 1);
        values.push(sign, -sign);
      }
      starts.push(indices.length);
      rowLower.push(lower);
      rowUpper.push(upper);
    };
    for (const { total, parts } of system.sums) {
      if (![total, ...parts].some((cell) => movable.has(cell))) continue;
      addRow([[total, -1], ...parts.map((part) => [part, 1] as const)], 0, 0);
    }
    system.contained.forEach(({ whole, part }, pair) => {
      if (!movable.has(whole) && !movable.has(part)) return;
      const least = value(part) - value(whole);
      this.#pairRows.set(pair, { row: rowLower.length, least });
      addRow(
        [
          [whole, 1],
          [part, -1],
        ],
        least,
        this.#infinity,
      );
    });

    const numCols = 2 * this.#columns.length;
    const cost = (cell: number): number => (system.weights[cell] ?? 1) * (1 + Math.log(Math.max(1, value(cell))));
    this.#costs = this.#columns.map(({ cell }) => cost(cell));
    this.#model = highs.createModel({
      numCols,
      numRows: rowLower.length,
      colCost: this.#costs.flatMap((each) => [each, each]),
      colLower: new Array<number>(numCols).fill(0),
      colUpper: this.#columns.flatMap(({ room }) => [MAX_MOVE, room]),
      rowLower,
      rowUpper,
      matrix: { format: 'csr', numRows: rowLower.length, numCols, starts, indices, values },
    });
    this.#model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', random_seed: 0 });
  }

  /** From now on moving this cell costs next to nothing. */
  hide(cell: number): void {
    const index = this.#columnOf.get(cell);
    if (index === undefined) return;
    this.#costs[index] = HIDDEN_COST;
    this.#model.changeColCost(2 * index, HIDDEN_COST);
    this.#model.changeColCost(2 * index + 1, HIDDEN_COST);
  }

  /** Lets a cell take part, or forbids it. */
  allow(cell: number, allowed: boolean): void {
    const index = this.#columnOf.get(cell);
    const column = index === undefined ? undefined : this.#columns[index];
    if (index === undefined || !column) return;
    this.#model.changeColBounds(2 * index, 0, allowed ? MAX_MOVE : 0);
    this.#model.changeColBounds(2 * index + 1, 0, allowed ? column.room : 0);
  }

  /**
   * The cheapest alternative in which the target moves by exactly `amount`.
   * @returns the move of every cell, or undefined when there is no such table
   */
  move(target: Target, amount: number): Witness | undefined {
    if ('pair' in target) {
      const pair = this.#pairRows.get(target.pair);
      if (!pair || amount < pair.least) return undefined;
      this.#model.changeRowBounds(pair.row, amount, amount);
      const found = this.#solve();
      this.#model.changeRowBounds(pair.row, pair.least, this.#infinity);
      return found;
    }
    const index = this.#columnOf.get(target.cell);
    const column = index === undefined ? undefined : this.#columns[index];
    if (index === undefined || !column || amount < -column.room) return undefined;
    this.#model.changeColBounds(2 * index, Math.max(0, amount), Math.max(0, amount));
    this.#model.changeColBounds(2 * index + 1, Math.max(0, -amount), Math.max(0, -amount));
    const found = this.#solve();
    this.allow(target.cell, true);
    return found;
  }

  /**
   * One alternative for many cells at once: as many of the wished moves as are worth what they take along.
   * @param wishes cell and wished move (positive up, negative down), a cell once
   */
  moveMany(wishes: ReadonlyMap<number, number>): Witness | undefined {
    const wished = [...wishes].flatMap(([cell, amount]) => {
      const index = this.#columnOf.get(cell);
      return index === undefined ? [] : [{ cell, index, amount }];
    });
    for (const { index, amount } of wished) {
      const towards = amount > 0 ? 2 * index : 2 * index + 1;
      const away = amount > 0 ? 2 * index + 1 : 2 * index;
      this.#model.changeColCost(towards, -REWARD);
      this.#model.changeColBounds(towards, 0, Math.abs(amount));
      // A move there and back would earn the reward for nothing.
      this.#model.changeColBounds(away, 0, 0);
    }
    const found = this.#solve();
    for (const { cell, index } of wished) {
      const cost = this.#costs[index] ?? HIDDEN_COST;
      this.#model.changeColCost(2 * index, cost);
      this.#model.changeColCost(2 * index + 1, cost);
      this.allow(cell, true);
    }
    return found;
  }

  dispose(): void {
    this.#model.dispose();
  }

  #solve(): Witness | undefined {
    if (this.#model.run().modelStatus !== this.#optimal) return undefined;
    const { colValue } = this.#model.getSolution();
    const moves = new Map<number, number>();
    this.#columns.forEach(({ cell }, index) => {
      const move = (colValue[2 * index] ?? 0) - (colValue[2 * index + 1] ?? 0);
      if (Math.abs(move) > TOLERANCE) moves.set(cell, move);
    });
    return moves;
  }
}
