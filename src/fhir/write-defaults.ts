import type { Resource } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';

/**
 * What the server fills in for a facility that leaves it out: where a patient is registered, who provides a visit.
 * These are the facts from which the facility's relation to the patient follows (design.md 3.7).
 */
export function withDefaults<T extends Resource>(caller: Caller, resource: T): T {
  if (caller.facility === undefined) return resource;
  const here = { reference: `Organization/${caller.facility}` };
  if (resource.resourceType === 'Patient' && !resource.managingOrganization)
    return { ...resource, managingOrganization: here };
  if (resource.resourceType === 'Encounter' && !resource.serviceProvider) return { ...resource, serviceProvider: here };
  return resource;
}
