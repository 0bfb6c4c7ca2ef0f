interface Waiting<T> {
  readonly found: Promise<T | undefined>;
  readonly done: (row: T | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/** Queries at once of one group: the next one is gathered while they run. */
const LANES = 2;
/** Documents asked for in one query. */
const MOST = 64;

const waiting = <T>(): Waiting<T> => {
  let done: Waiting<T>['done'] = () => undefined;
  let failed: Waiting<T>['failed'] = () => undefined;
  const found = new Promise<T | undefined>((resolve, reject) => {
    done = resolve;
    failed = reject;
  });
  return { found, done, failed };
};

/**
 * Look-ups by `_id` in one collection that arrive together are one query: most of what a look-up costs is the message. Each
 * is answered by a query that began after it was asked, and so sees every write acknowledged before. Alone, nobody waits for
 * company. What is found may be shared by several callers: nobody may change it.
 */
export class ReadGroup<T extends { readonly _id: string }> {
  readonly #find: (ids: readonly string[]) => Promise<readonly T[]>;
  #waiting = new Map<string, Waiting<T>>();
  #running = 0;
  #due = false;

  /** `find` gives the documents with these ids, in any order; unknown ids are absent. */
  constructor(find: (ids: readonly string[]) => Promise<readonly T[]>) {
    this.#find = find;
  }

  /** The document; undefined when there is none. Rejects with the error of the query that carried the look-up. */
  one(id: string): Promise<T | undefined> {
    const asked = this.#waiting.get(id);
    if (asked) return asked.found;
    const look = waiting<T>();
    this.#waiting.set(id, look);
    this.#start();
    return look.found;
  }

  /** The documents that there are, in the order of their ids. */
  async many(ids: readonly string[]): Promise<T[]> {
    const found = await Promise.all([...new Set(ids)].map((id) => this.one(id)));
    return found.filter((row) => row !== undefined);
  }

  /** Starts a query after all requests that have arrived by now had their turn. */
  #start(): void {
    if (this.#due || this.#running >= LANES || this.#waiting.size === 0) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.#running += 1;
      void this.#run(this.#next()).finally(() => {
        this.#running -= 1;
        this.#start();
      });
      this.#start();
    });
  }

  #next(): ReadonlyMap<string, Waiting<T>> {
    const all = this.#waiting;
    if (all.size <= MOST) {
      this.#waiting = new Map();
      return all;
    }
    const batch = new Map([...all].slice(0, MOST));
    for (const id of batch.keys()) all.delete(id);
    return batch;
  }

  async #run(batch: ReadonlyMap<string, Waiting<T>>): Promise<void> {
    try {
      for (const row of await this.#find([...batch.keys()])) batch.get(row._id)?.done(row);
      for (const { done } of batch.values()) done(undefined);
    } catch (error) {
      for (const { failed } of batch.values()) failed(error);
    }
  }
}
