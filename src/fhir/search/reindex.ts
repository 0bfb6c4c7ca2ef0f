import type { Resource } from '@medplum/fhirtypes';
import { parseFhirJson } from '../exact-json.js';
import type { FhirContext } from '../fhir-context.js';
import { indexValues } from './index-values.js';

/** How far the rebuilding of a type has come. */
export interface ReindexProgress {
  /** Resources looked at, this run. */
  readonly done: number;
  /** Id of the last one: where another run may go on. */
  readonly after: string;
}

export interface ReindexOptions {
  /** Goes on after this id; from the first when absent. */
  readonly after?: string;
  /** Stops between batches. */
  readonly signal?: AbortSignal;
}

/** Small enough for the largest documents, large enough that the round trips do not count. */
const BATCH = 200;
const MOST_TEXT = 512 * 1_024 * 1_024;

/**
 * Computes the search values and sort scalars of all current resources of a type anew, in the order of their ids, in batches:
 * after a change of search parameters. Versions, times and texts stay; nothing is recorded, nobody sees a change but in what
 * searches find. A resource that is written meanwhile keeps what its writer gave it.
 * @param onProgress called, and waited for, after each batch: what it saves is where the next run goes on
 * @returns number of resources looked at
 * @throws the reason of the signal when it is aborted
 */
export async function reindexType(
  { store, definitions }: Pick<FhirContext, 'store' | 'definitions'>,
  type: string,
  onProgress: (progress: ReindexProgress) => void | Promise<void> = () => undefined,
  { after, signal }: ReindexOptions = {},
): Promise<number> {
  let done = 0;
  for (let last = after; ;) {
    signal?.throwIfAborted();
    const filter = last === undefined ? {} : { _id: { $gt: last } };
    const rows = await store.find(type, filter, { sort: { _id: 1 }, limit: BATCH, mostText: MOST_TEXT });
    const rebuilt = rows.map(({ _id, vid, json }) => {
      const { resource } = parseFhirJson(json);
      return { _id, vid, ...indexValues(definitions, resource as Resource) };
    });
    await store.replaceSearchValues(type, rebuilt);
    const end = rows.at(-1)?._id;
    if (end === undefined) return done;
    last = end;
    done += rows.length;
    await onProgress({ done, after: end });
  }
}
