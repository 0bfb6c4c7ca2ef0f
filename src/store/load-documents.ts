import type { mongo } from 'mongoose';
import type { HistoryEntry, StoredResource } from './envelope.js';
import { type StoredClaim, toStoredClaim } from './execute-plan.js';
import { toHistory } from './history-entry.js';
import type { Claim } from './write-plan.js';

const DUPLICATE_KEY = 11000;

/** A second load of the same catalogue meets its own documents: count what was new. */
function ignoreDuplicates(error: unknown): number {
  if ((error as { code?: unknown } | null)?.code !== DUPLICATE_KEY) throw error;
  return (error as { result?: { insertedCount?: number } }).result?.insertedCount ?? 0;
}

/** Documents of one type for a raw insert. */
export interface Load {
  readonly type: string;
  readonly documents: readonly StoredResource[];
  readonly requestId: string;
  readonly claims: readonly Claim[];
}

/**
 * Inserts already valid documents with their claims and history, outside any transaction; those that exist are skipped.
 * @returns how many documents were new
 */
export async function loadDocuments(db: mongo.Db, { type, documents, requestId, claims }: Load): Promise<number> {
  const unordered = { ordered: false } as const;
  if (claims.length > 0)
    await db.collection<StoredClaim>('claims').insertMany(claims.map(toStoredClaim), unordered).catch(ignoreDuplicates);
  const history = documents.map((doc) => toHistory({ method: 'create', type, doc }, requestId));
  await db.collection<HistoryEntry>('history').insertMany(history, unordered).catch(ignoreDuplicates);
  const result = await db
    .collection<StoredResource>(type)
    .insertMany([...documents], unordered)
    .catch(ignoreDuplicates);
  return typeof result === 'number' ? result : result.insertedCount;
}
