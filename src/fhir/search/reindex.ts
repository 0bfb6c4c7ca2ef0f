import type { FhirContext } from '../fhir-context.js';
import { resourceOf } from '../stored-resource.js';
import { indexValues } from './index-values.js';

const BATCH = 500;

/**
 * Goes through all current resources of a type in the order of their ids and makes their search values anew.
 * @param onProgress told after each batch how many resources are done
 * @returns how many there were
 */
export async function reindexType(
  { store, definitions }: Pick<FhirContext, 'store' | 'definitions'>,
  type: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  let done = 0;
  for (let last = ''; ;) {
    const rows = await store.find(type, { _id: { $gt: last } }, { sort: { _id: 1 }, limit: BATCH });
    for (const row of rows) indexValues(definitions, resourceOf(row));
    done += rows.length;
    onProgress(done);
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return done;
    last = end._id;
  }
}
