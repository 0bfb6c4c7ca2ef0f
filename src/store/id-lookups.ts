import type { mongo } from 'mongoose';
import type { FoundResource, StoredHead, StoredResource } from './envelope.js';
import { WITHOUT_SEARCH } from './projections.js';
import { ReadGroup } from './read-group.js';

/** More look-ups than this at once are a query of their own. */
const MOST_SHARED = 16;

/** What {@link StoredHead} leaves out. */
const HEAD = { json: 0, s: 0, k: 0 } as const;

/** Look-ups of current versions by id; those of one type and form that arrive together share a query. */
export class IdLookups {
  readonly #db: mongo.Db;
  readonly #maxTimeMS: number;
  readonly #reads = new Map<string, ReadGroup<FoundResource>>();
  readonly #heads = new Map<string, ReadGroup<StoredHead>>();

  /** @param maxTimeMS time limit of a query on the database */
  constructor(db: mongo.Db, maxTimeMS: number) {
    this.#db = db;
    this.#maxTimeMS = maxTimeMS;
  }

  async #found<T>(type: string, ids: readonly string[], projection: mongo.Document): Promise<T[]> {
    const options = { projection, maxTimeMS: this.#maxTimeMS };
    const resources = this.#db.collection<StoredResource>(type);
    const [id] = ids;
    if (ids.length > 1 || id === undefined)
      return resources.find({ _id: { $in: [...ids] } }, options).toArray() as Promise<T[]>;
    const found = await resources.findOne<T>({ _id: id }, options);
    return found ? [found] : [];
  }

  #group<T extends { readonly _id: string }>(
    groups: Map<string, ReadGroup<T>>,
    type: string,
    projection: mongo.Document,
  ): ReadGroup<T> {
    const group = groups.get(type) ?? new ReadGroup<T>((ids) => this.#found<T>(type, ids, projection));
    groups.set(type, group);
    return group;
  }

  /** One resource without its search values, deleted or not. */
  read(type: string, id: string): Promise<FoundResource | undefined> {
    return this.#group(this.#reads, type, WITHOUT_SEARCH.projection).one(id);
  }

  /** Several, in no order; unknown ids are absent. */
  async readMany(type: string, ids: readonly string[]): Promise<FoundResource[]> {
    return ids.length === 0 ? [] : this.#found<FoundResource>(type, ids, WITHOUT_SEARCH.projection);
  }

  /** Envelopes alone. */
  async heads(type: string, ids: readonly string[]): Promise<StoredHead[]> {
    if (ids.length === 0) return [];
    if (ids.length > MOST_SHARED) return this.#found<StoredHead>(type, ids, HEAD);
    return this.#group(this.#heads, type, HEAD).many(ids);
  }
}
