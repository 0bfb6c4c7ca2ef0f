import type { mongo } from 'mongoose';
import type { StoredResource } from './envelope.js';
import type { Filter } from './write-plan.js';

/** Filters judged in one statement; each is a branch of its plan. */
const AT_ONCE = 50;

/**
 * Which filters of searches match a document that is not stored (a version that is no longer the current one). MongoDB itself
 * judges, so that the answer is that of the search.
 * @returns one answer a filter, in their order
 */
export async function matchDocument(
  db: mongo.Db,
  document: Omit<StoredResource, 'json'>,
  filters: readonly Filter[],
): Promise<readonly boolean[]> {
  const found: boolean[] = [];
  for (let start = 0; start < filters.length; start += AT_ONCE) {
    const part = filters.slice(start, start + AT_ONCE);
    const branches = Object.fromEntries(
      part.map((filter, index) => [`f${index}`, [{ $match: filter }, { $project: { _id: 1 } }]]),
    );
    // A literal, or texts of the document that start with `$` would be read as names of fields.
    const [row] = await db
      .aggregate<Record<string, unknown[]>>([{ $documents: { $literal: [document] } }, { $facet: branches }])
      .toArray();
    found.push(...part.map((_filter, index) => (row?.[`f${index}`]?.length ?? 0) > 0));
  }
  return found;
}
