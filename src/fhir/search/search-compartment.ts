import { fault } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { isInPatientCompartment } from '../patient-of.js';
import { searchType } from './search-type.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** Types that are searched within a patient's compartment. Audit records are none: `AuditEvent?patient=` finds them. */
export const hasCompartment = (definitions: Definitions, type: string): boolean =>
  type !== 'AuditEvent' && isInPatientCompartment(definitions, type);

/**
 * Search within one patient's compartment (R4 http.html 3.1.0.9.1, `GET [base]/Patient/[id]/[type]?...`): the resources
 * that are about the patient. The same answer, policy and limits as the search on the type; of an unknown patient, or one
 * out of reach, there is nothing.
 * @throws ServiceError 404 for a type that holds nobody's data and for what is no id; else as `searchType`
 */
export async function searchCompartment(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  if (!hasCompartment(context.definitions, type) || !ID.test(resourceId))
    throw fault('route-unknown', { path: `/fhir/Patient/${resourceId}/${type}` });
  return searchType(context, request, { compartment: resourceId });
}
