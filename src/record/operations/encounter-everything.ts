import { canSee, searchScope } from '../../access/policy/visibility.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { operationRows } from '../../fhir/operations/operation-rows.js';
import { every, toFilter } from '../../fhir/search/filter.js';
import { parseSearch } from '../../fhir/search/parse.js';
import type { Filter } from '../../store/write-plan.js';
import { compartmentPage } from '../compartment-page.js';
import { everythingAnswer } from './everything.js';
import { everythingQuery } from '../everything-query.js';

/** Rows of a page when `_count` is absent: a visit seldom has more. */
const DEFAULT_COUNT = 1_000;

function refersTo({ definitions, baseUrl }: FhirContext, type: string, id: string): readonly Filter[] {
  return [...definitions.searchParameters(type).values()]
    .filter((parameter) => parameter.type === 'reference' && parameter.targets.includes('Encounter'))
    .map(({ code }) => toFilter(parseSearch(definitions, type, [[code, `Encounter/${id}`]], { baseUrl })));
}

/**
 * Filter for the rows of a type that belong to an encounter: what refers to it, the encounter itself, the patient; within the
 * caller's reach, because who sees a visit need not see the whole record.
 */
function ofEncounter(context: FhirContext, { caller }: FhirRequest, id: string, patient: string) {
  return async (type: string): Promise<Filter | undefined> => {
    if (type === 'Patient') {
      const [head] = await context.store.heads('Patient', [patient]);
      return head && (await canSee(context.store, caller, 'Patient', head)) ? { _id: patient } : undefined;
    }
    const about = [...(type === 'Encounter' ? [{ _id: id }] : []), ...refersTo(context, type, id)];
    if (about.length === 0) return undefined;
    const scope = await searchScope(context.store, caller, type, { patients: [patient], exactIdentifier: false });
    return every([{ $or: about }, scope.filter]);
  };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const encounter = await loadVisible(context, request, 'Encounter', request.resourceId ?? '');
  const query = everythingQuery(context, request);
  const patient = encounter.pt ?? '';
  const page = await compartmentPage(context, request.caller, patient, {
    ...query,
    count: query.count ?? DEFAULT_COUNT,
    narrow: ofEncounter(context, request, encounter._id, patient),
  });
  const next = page.next ? { next: query.next(page.next) } : {};
  return everythingAnswer(context, request, patient, { items: page.items, self: query.self, ...next });
}

/**
 * `Encounter/{id}/$everything` (FHIR R4 encounter-operation-everything): the visit, its patient, and what of the patient's
 * record refers to the visit, as far as the caller's role may read it. By GET, or by POST with Parameters.
 */
export const encounterEverythingOperations: readonly Operation[] = operationRows(
  {
    name: 'everything',
    definition: 'http://hl7.org/fhir/OperationDefinition/Encounter-everything',
    type: 'Encounter',
    affectsState: false,
    purpose: 'Todo lo que el expediente guarda de una atención, sin el directorio al que se refiere.',
    handle,
  },
  ['instance'],
);
