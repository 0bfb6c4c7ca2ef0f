import type { Resource } from '@medplum/fhirtypes';
import { searchScope } from '../../access/policy/visibility.js';
import type { Caller } from '../../access/caller.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { HeadLoader } from '../../fhir/head-loader.js';
import { planSearch } from '../../fhir/search/plan.js';
import { searchPins } from '../../fhir/search/search-pins.js';
import type { SearchQuery } from '../../fhir/search/search-query.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { toStored } from '../../fhir/to-stored.js';
import type { HistoryEntry, StoredResource } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';

/** Whose search a version is held against. */
export interface Candidate {
  readonly caller: Caller;
  readonly query: SearchQuery;
}

/** Judges a document by filters (`matchDocument` on the service's database). */
export type Match = (document: Omit<StoredResource, 'json'>, filters: readonly Filter[]) => Promise<readonly boolean[]>;

/**
 * Which searches would find this version: the criteria and the reach of who asks, as in a search of now, on what the version
 * said then. A version that was replaced meanwhile is found like any other.
 * @param entry with its text
 * @returns one answer a candidate, in their order
 */
export async function matchEvent(
  context: FhirContext,
  match: Match,
  entry: HistoryEntry,
  candidates: readonly Candidate[],
): Promise<readonly boolean[]> {
  if (candidates.length === 0) return [];
  const resource = resourceOf<Resource & { id: string }>(entry);
  const { json: _json, ...document } = toStored(context, resource, {
    ...(entry.own === undefined ? {} : { own: entry.own }),
    ...(entry.pt === undefined ? {} : { patient: entry.pt }),
  });
  const heads = new HeadLoader(context.store);
  const filters = await Promise.all(
    candidates.map(async ({ caller, query }) => {
      const scope = await searchScope(heads, caller, query.type, searchPins(query.type, query));
      return planSearch(query, scope.filter).filter;
    }),
  );
  return match({ ...document, acc: entry.acc }, filters);
}
