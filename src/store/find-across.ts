import type { mongo } from 'mongoose';
import type { FoundResource, StoredResource } from './envelope.js';
import { WITHOUT_SEARCH } from './projections.js';
import { readBounded } from './read-bounded.js';
import type { Filter } from './write-plan.js';

export interface AcrossOptions {
  /** Rows of one type at most; a type that reaches it may have more. */
  readonly limit: number;
  /** FHIR text that is gathered at most, bytes. */
  readonly mostText: number;
  readonly maxTimeMS: number;
  /** Aborts the query when the client leaves. */
  readonly signal?: AbortSignal;
}

/** A row and the type it belongs to. */
export type TypedRow = FoundResource & { readonly type: string };

const branch = (type: string, filter: Filter, limit: number): mongo.Document[] => [
  { $match: { ...filter, del: false } },
  { $limit: limit },
  { $project: WITHOUT_SEARCH.projection },
  { $addFields: { type } },
];

/**
 * Current, not deleted resources of several types that match one filter, in one statement: a person's record has two dozen
 * types, and most of what a look-up costs is the message. In no order.
 * @returns the rows, and whether all of them were read before `mostText` was reached
 */
export async function findAcross(
  db: mongo.Db,
  types: readonly string[],
  filter: Filter,
  { limit, mostText, ...options }: AcrossOptions,
): Promise<{ readonly rows: readonly TypedRow[]; readonly complete: boolean }> {
  const [first, ...others] = types;
  if (first === undefined) return { rows: [], complete: true };
  const pipeline = [
    ...branch(first, filter, limit),
    ...others.map((type) => ({ $unionWith: { coll: type, pipeline: branch(type, filter, limit) } })),
  ];
  return readBounded(db.collection<StoredResource>(first).aggregate<TypedRow>(pipeline, options), mostText);
}
