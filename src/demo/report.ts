import { edgeName } from '../referral/edge-name.js';
import type { Edge } from '../referral/edges.js';

/** How a step went: done now, found done by an earlier run, or not as expected. */
export type Outcome = 'done' | 'already' | 'different';

const SIGNS: Readonly<Record<Outcome, string>> = { done: '✓', already: '=', different: '✗' };

/** Tells the steps of the demonstration, one line each with its place among all of them, and keeps what differed. */
export class Report {
  readonly #out: (line: string) => void;
  readonly #total: number;
  readonly #counts: Record<Outcome, number> = { done: 0, already: 0, different: 0 };
  readonly #differences: string[] = [];
  readonly #transitions = new Set<string>();

  /**
   * @param out writes one line
   * @param total number of steps to come
   */
  constructor(out: (line: string) => void, total: number) {
    this.#out = out;
    this.#total = total;
  }

  get counts(): Readonly<Record<Outcome, number>> {
    return this.#counts;
  }

  get differences(): readonly string[] {
    return this.#differences;
  }

  /** A line that is no step. */
  say(line: string): void {
    this.#out(line);
  }

  /** Names of the transitions of the table that were seen to be made, now or earlier. */
  get transitions(): ReadonlySet<string> {
    return this.#transitions;
  }

  /** @param edge the transition that the step is, when it is one */
  step(outcome: Outcome, line: string, edge?: Edge): void {
    this.#counts[outcome] += 1;
    if (edge && outcome !== 'different') this.#transitions.add(edgeName(edge));
    if (outcome === 'different') this.#differences.push(line);
    const { done, already, different } = this.#counts;
    const width = String(this.#total).length;
    this.#out(
      `[${String(done + already + different).padStart(width)}/${this.#total}] ${SIGNS[outcome]} ${edge ? `T${edge.t} ` : ''}${line}`,
    );
  }

  /** Something at the end that is not as it should be. */
  differs(line: string): void {
    this.#differences.push(line);
    this.#out(`${SIGNS.different} ${line}`);
  }
}
