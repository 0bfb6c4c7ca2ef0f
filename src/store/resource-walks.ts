import type { mongo } from 'mongoose';
import type { FoundResource, HistoryEntry, StoredResource } from './envelope.js';
import { type FeedItem, type FeedOptions, openFeed } from './feed.js';
import { readBounded } from './read-bounded.js';
import type { Filter } from './write-plan.js';

/** Documents that one step of a walk looks at, at most. */
const SPAN = 2_000;
/** FHIR text of one step, bytes. */
const MOST_TEXT = 16 * 1_048_576;
const MAX_TIME_MS = 60_000;
const WITHOUT_SEARCH = { s: 0 } as const;

/** A stretch of a walk. */
export interface WalkStep {
  readonly rows: readonly FoundResource[];
  /** Id behind which the walk goes on; absent at its end. */
  readonly next?: string;
}

/** A step that its limit has ended goes on behind its last row. */
function endedAt(limit: number, step: WalkStep): WalkStep {
  const last = step.rows[limit - 1];
  return last ? { rows: step.rows, next: last._id } : step;
}

/**
 * Walks in the order of `_id`, which never changes: whatever is written meanwhile, a row is met once. Each step looks at a
 * bounded number of documents, so that a walk costs each document once and no statement runs long. Deleted ones are met, too.
 */
export class ResourceWalks {
  constructor(private readonly db: mongo.Db) {}

  /** Rows of a type behind an id that match; `limit` ends the step after so many of them. */
  async step(type: string, filter: Filter, after: string | undefined, limit = SPAN): Promise<WalkStep> {
    const collection = this.db.collection<StoredResource>(type);
    const behind = after === undefined ? {} : { $gt: after };
    const last = await collection.findOne(after === undefined ? {} : { _id: behind }, {
      projection: { _id: 1 },
      sort: { _id: 1 },
      skip: SPAN - 1,
      hint: '_id_',
      maxTimeMS: MAX_TIME_MS,
    });
    const range = { ...behind, ...(last ? { $lte: last._id } : {}) };
    const bounds = Object.keys(range).length > 0 ? [{ _id: range }] : [];
    const step = await this.#rows(type, { $and: [...bounds, filter] }, { hint: '_id_', limit }, last?._id);
    return endedAt(limit, step);
  }

  /** Rows of some patients' records behind an id that match. */
  async ofPatients(
    type: string,
    patients: readonly string[],
    filter: Filter,
    after: string | undefined,
  ): Promise<WalkStep> {
    const behind = after === undefined ? [] : [{ _id: { $gt: after } }];
    const all = { $and: [{ pt: { $in: [...patients] } }, ...behind, filter] };
    return endedAt(SPAN, await this.#rows(type, all, { limit: SPAN }, undefined));
  }

  async #rows(type: string, filter: Filter, options: mongo.FindOptions, next: string | undefined): Promise<WalkStep> {
    const found = this.db.collection<StoredResource>(type).find<FoundResource>(filter, {
      projection: WITHOUT_SEARCH,
      sort: { _id: 1 },
      maxTimeMS: MAX_TIME_MS,
      ...options,
    });
    const { rows, complete } = await readBounded(found, MOST_TEXT);
    const behind = complete ? next : rows.at(-1)?._id;
    return { rows, ...(behind === undefined ? {} : { next: behind }) };
  }

  /** The version of a resource that was current at a moment; undefined when it did not exist yet. */
  async versionAt(type: string, id: string, at: Date): Promise<HistoryEntry | undefined> {
    const found = await this.db
      .collection<HistoryEntry>('history')
      .findOne({ type, id, lu: { $lte: at } }, { sort: { vid: -1 }, maxTimeMS: MAX_TIME_MS });
    return found ?? undefined;
  }

  /** Ids of those documents, which need not be stored, that a filter matches: judged by the database itself. */
  async matching(documents: readonly StoredResource[], filter: Filter): Promise<ReadonlySet<string>> {
    if (documents.length === 0) return new Set();
    const pipeline = [{ $documents: documents.map((document) => ({ $literal: document })) }, { $match: filter }];
    const found = await this.db
      .aggregate([...pipeline, { $project: { _id: 1 } }], { maxTimeMS: MAX_TIME_MS })
      .toArray();
    return new Set(found.map((row) => String(row['_id'])));
  }

  /** Versions that requests have written, of which it is known when they ran. */
  async writtenBy(
    requests: readonly string[],
    between: { readonly from: Date; readonly to: Date },
  ): Promise<readonly HistoryEntry[]> {
    const filter = { lu: { $gte: between.from, $lte: between.to }, req: { $in: [...requests] } };
    return this.db.collection<HistoryEntry>('history').find(filter, { maxTimeMS: MAX_TIME_MS }).toArray();
  }

  /** Versions as they were committed, behind a position; ends with the signal. Throws 400 for a position of another feed. */
  feed(options: FeedOptions): AsyncIterable<FeedItem> {
    return openFeed(this.db, options);
  }
}
