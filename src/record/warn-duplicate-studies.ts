import type { Resource, ServiceRequest } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../config/code-systems.js';
import type { CreatedResource, CreateWarning, FhirContext } from '../fhir/fhir-context.js';
import type { FhirRequest } from '../fhir/exchange.js';
import { type ExistingResult, existingResults } from './duplicate-studies.js';

/** Orders that ask for something to be done (R4 request-status, request-intent). */
const ASKING: ReadonlySet<string | undefined> = new Set(['draft', 'active', 'on-hold']);
const ORDERING: ReadonlySet<string | undefined> = new Set([
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
]);

const asks = (resource: Resource | undefined): resource is ServiceRequest =>
  resource?.resourceType === 'ServiceRequest' && ASKING.has(resource.status) && ORDERING.has(resource.intent);

/** Orders in what was created: itself, or those inside a document. */
const ordersIn = (resource: Resource): readonly ServiceRequest[] =>
  (resource.resourceType === 'Bundle' ? (resource.entry ?? []).map((entry) => entry.resource) : [resource]).filter(
    asks,
  );

const loincCodes = ({ code }: ServiceRequest): readonly string[] =>
  (code?.coding ?? []).flatMap((coding) =>
    coding.system === CODE_SYSTEMS.loinc && coding.code !== undefined ? [coding.code] : [],
  );

const warning = (about: string, patient: string, found: ExistingResult): CreateWarning => ({
  about,
  patient,
  finding: {
    code: 'duplicate-study',
    severity: 'warning',
    params: {
      study: found.found.display,
      date: found.date.slice(0, 10),
      place: found.place ?? '?',
      result: found.result,
      days: found.validDays,
      reference: found.reference,
    },
  },
  link: { rel: 'duplicate-study', reference: found.reference },
});

/**
 * Warnings about laboratory and imaging orders for which the person has a final result that still stands. Tells only
 * what the caller may read; never refuses anything (hook `warnOnCreate`, design.md 4b).
 */
export async function warnDuplicateStudies(
  context: FhirContext,
  request: FhirRequest,
  created: readonly CreatedResource[],
): Promise<readonly CreateWarning[]> {
  const asked = created.flatMap(({ resource, patient }) => {
    const codes = ordersIn(resource).flatMap(loincCodes);
    return patient === undefined || codes.length === 0
      ? []
      : [{ about: `${resource.resourceType}/${resource.id}`, patient, codes }];
  });
  const warnings = await Promise.all(
    asked.map(async ({ about, patient, codes }) =>
      (await existingResults(context, request.caller, patient, codes)).map((found) => warning(about, patient, found)),
    ),
  );
  return warnings.flat();
}
