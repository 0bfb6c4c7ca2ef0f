interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Group commit: one insert in flight, everything that arrives meanwhile rides together in the next one.
 * Under load the number of inserts stays the same while each carries more; alone, nobody waits for company.
 */
export class GroupCommit<T> {
  readonly #insert: (items: readonly T[]) => Promise<void>;
  readonly #most: number;
  #waiting: Waiting<T>[] = [];
  #running: Promise<void> | undefined;

  /** `insert` stores all items or throws; then every caller whose item was among them gets its error. */
  constructor(insert: (items: readonly T[]) => Promise<void>, most = 1_000) {
    this.#insert = insert;
    this.#most = most;
  }

  /** Resolves when the item is stored; rejects with the error of the insert that carried it. */
  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is in flight. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // All requests that have arrived by now have their turn first: they ride along.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      try {
        await this.#insert(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#running = undefined;
  }
}
