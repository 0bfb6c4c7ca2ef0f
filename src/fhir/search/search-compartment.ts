import { fault } from '../../errors.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { isInPatientCompartment } from '../patient-of.js';
import { searchType } from './search-type.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/**
 * Search within one patient's compartment (R4 http.html 3.1.0.9.1, `GET [base]/Patient/[id]/[type]?...`): the resources
 * whose subject the patient is. The same answer, policy and limits as the search on the type; an unknown patient, or one
 * out of reach, has nothing.
 * @throws ServiceError 404 for another compartment, a type that holds nobody's data, and what is no id; else as `searchType`
 */
export async function searchCompartment(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', compartment = '', resourceId = '' } = request;
  const holds = compartment === 'Patient' && isInPatientCompartment(context.definitions, type);
  if (!holds || !ID.test(resourceId))
    throw fault('route-unknown', { path: `/fhir/${compartment}/${resourceId}/${type}` });
  return searchType(context, request, { compartment: resourceId });
}
