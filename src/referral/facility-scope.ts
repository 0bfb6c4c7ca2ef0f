import type { Organization } from '@medplum/fhirtypes';
import { reachOf } from '../access/policy/policy-table.js';
import { fault } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { loadVisible } from '../fhir/load-visible.js';
import { resourceOf } from '../fhir/stored-resource.js';

/**
 * The Organization of a facility operation, when it is one of the caller's own (or of a manager's network, or that network itself).
 * Throws 404 for an unknown one and 403 for another facility's.
 */
export async function ownFacility(
  context: FhirContext,
  request: FhirRequest,
  interaction: '$worklists' | '$worklist' | '$daily-register' | '$agenda' | '$unread-messages',
): Promise<Organization & { id: string }> {
  const { caller, resourceId = '' } = request;
  const stored = await loadVisible(context, request, 'Organization', resourceId);
  const reach = reachOf(caller.role, 'directory', interaction);
  if (reach !== 'all' && stored._id !== caller.facility && !caller.facilities.includes(stored._id))
    throw fault('facility-foreign', { element: `Organization/${stored._id}` });
  return resourceOf<Organization & { id: string }>(stored);
}
