import type { mongo } from 'mongoose';
import type { RebuiltValues, StoredResource } from './envelope.js';

/**
 * Writes rebuilt search values and scalars onto the versions they were computed from. The version stands in the filter: a resource that
 * was written meanwhile has newer values already, and keeps them.
 */
export async function replaceSearchValues(
  collection: mongo.Collection<StoredResource>,
  rows: readonly RebuiltValues[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const operations = rows.map(({ _id, vid, ...given }) => {
    const { w, ...values } = given;
    const update = w ? { $set: given } : { $set: values, ...('w' in given ? { $unset: { w: '' as const } } : {}) };
    return { updateOne: { filter: { _id, vid, del: false }, update } };
  });
  const { matchedCount } = await collection.bulkWrite(operations, { ordered: false });
  return matchedCount;
}
