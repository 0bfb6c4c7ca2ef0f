import type { Model } from 'highs';
import { loadHighs } from '../load-highs.js';
import type { Knowledge } from './knowledge.js';
import type { Interval } from './propagate.js';

/** A figure, or the difference of two. */
export type Question = { readonly key: string } | { readonly whole: string; readonly part: string };

const TOLERANCE = 1e-4;

/** Bounds of every hidden figure by linear programming over everything published. */
export class SolvedRanges {
  readonly #model: Model;
  readonly #maximize: Parameters<Model['changeObjectiveSense']>[0];
  readonly #minimize: Parameters<Model['changeObjectiveSense']>[0];
  readonly #optimal: number;
  readonly #unbounded: ReadonlySet<number>;
  readonly #columnOf: ReadonlyMap<string, number>;
  readonly #known: ReadonlyMap<string, number>;
  /** Tables that are possible, as vectors of the hidden figures: each is evidence for all of them. */
  readonly #points: Float64Array[] = [];

  private constructor(model: Model, knowledge: Knowledge, columns: ReadonlyMap<string, number>, constants: Constants) {
    this.#model = model;
    this.#known = knowledge.known;
    this.#columnOf = columns;
    this.#maximize = constants.objectiveSense.maximize;
    this.#minimize = constants.objectiveSense.minimize;
    this.#optimal = constants.modelStatus.optimal;
    this.#unbounded = new Set([constants.modelStatus.unbounded, constants.modelStatus.unboundedOrInfeasible]);
  }

  /**
   * One variable for each hidden figure, one row for each relation that holds a hidden figure. That what is hidden is
   * not zero is dropped where the tables do not bear it out.
   * @returns undefined when the published tables contradict each other
   */
  static async of(knowledge: Knowledge): Promise<SolvedRanges | undefined> {
    const highs = await loadHighs();
    const { known, hidden, sums, contained } = knowledge;
    const columns = new Map([...hidden.keys()].map((key, index) => [key, index]));
    const [starts, indices, values]: [number[], number[], number[]] = [[0], [], []];
    const [rowLower, rowUpper]: [number[], number[]] = [[], []];
    /** Sum of sign times figure, known ones moved to the other side. */
    const addRow = (terms: readonly (readonly [string, number])[], upper: number): void => {
      const open = terms.flatMap(([key, sign]) => {
        const column = columns.get(key);
        return column === undefined ? [] : [[column, sign] as const];
      });
      if (open.length === 0) return;
      const shown = terms.reduce((sum, [key, sign]) => sum + sign * (known.get(key) ?? 0), 0);
      for (const [column, sign] of open) {
        indices.push(column);
        values.push(sign);
      }
      starts.push(indices.length);
      rowLower.push(-shown);
      rowUpper.push(upper === Infinity ? highs.infinity : upper - shown);
    };
    for (const { total, parts } of sums) addRow([[total, -1], ...parts.map((part) => [part, 1] as const)], 0);
    for (const { whole, part } of contained)
      addRow(
        [
          [whole, 1],
          [part, -1],
        ],
        Infinity,
      );
    const numCols = columns.size;
    const model = highs.createModel({
      numCols,
      numRows: rowLower.length,
      colCost: new Array<number>(numCols).fill(0),
      colLower: [...hidden.values()],
      colUpper: new Array<number>(numCols).fill(highs.infinity),
      rowLower,
      rowUpper,
      matrix: { format: 'csr', numRows: rowLower.length, numCols, starts, indices, values },
    });
    // Only the objective changes from one question to the next: the primal simplex goes on from the table before.
    model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', simplex_strategy: 4, random_seed: 0 });
    const { optimal } = highs.constants.modelStatus;
    if (numCols > 0 && model.run().modelStatus !== optimal) {
      for (let column = 0; column < numCols; column += 1) model.changeColBounds(column, 0, highs.infinity);
      if (model.run().modelStatus !== optimal) {
        model.dispose();
        return undefined;
      }
    }
    return new SolvedRanges(model, knowledge, columns, highs.constants);
  }

  /**
   * Bounds of a figure or difference, rounded inwards to whole numbers.
   * @param enough width at which the exact bounds no longer matter: evidence found before may answer
   * @throws Error when the solver gives up
   */
  interval(question: Question, enough = Infinity): Interval {
    const terms = this.#terms(question);
    if (terms.columns.length === 0) return { low: terms.constant, high: terms.constant };
    const seen = this.#seen(terms);
    if (seen.high - seen.low >= enough) return seen;
    for (const [column, sign] of terms.columns) this.#model.changeColCost(column, sign);
    const low = this.#solve(this.#minimize, terms);
    const high = this.#solve(this.#maximize, terms);
    for (const [column] of terms.columns) this.#model.changeColCost(column, 0);
    return { low: Math.ceil(low - TOLERANCE), high: Math.floor(high + TOLERANCE) };
  }

  dispose(): void {
    this.#model.dispose();
  }

  #terms(question: Question): Terms {
    const signed: [string, number][] =
      'key' in question
        ? [[question.key, 1]]
        : [
            [question.whole, 1],
            [question.part, -1],
          ];
    return signed.reduce<Terms>(
      ({ columns, constant }, [key, sign]) => {
        const column = this.#columnOf.get(key);
        return column === undefined
          ? { columns, constant: constant + sign * (this.#known.get(key) ?? 0) }
          : { columns: [...columns, [column, sign] as const], constant };
      },
      { columns: [], constant: 0 },
    );
  }

  #seen({ columns, constant }: Terms): Interval {
    let [low, high] = [Infinity, -Infinity];
    for (const point of this.#points) {
      const value = columns.reduce((sum, [column, sign]) => sum + sign * (point[column] ?? 0), constant);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { low: Math.ceil(low - TOLERANCE), high: Math.floor(high + TOLERANCE) };
  }

  #solve(sense: Parameters<Model['changeObjectiveSense']>[0], { constant }: Terms): number {
    this.#model.changeObjectiveSense(sense);
    const { modelStatus } = this.#model.run();
    if (this.#unbounded.has(modelStatus)) return sense === this.#maximize ? Infinity : -Infinity;
    if (modelStatus !== this.#optimal) throw new Error(`the solver ended with status ${modelStatus}`);
    this.#points.push(this.#model.getSolution().colValue);
    return this.#model.getObjectiveValue() + constant;
  }
}

interface Terms {
  readonly columns: readonly (readonly [column: number, sign: number])[];
  readonly constant: number;
}

type Constants = Awaited<ReturnType<typeof loadHighs>>['constants'];
