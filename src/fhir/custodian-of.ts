import type { Reference, Resource } from '@medplum/fhirtypes';
import { localTarget } from './references.js';

function facilityNamed(resource: Resource): Reference | undefined {
  switch (resource.resourceType) {
    case 'HealthcareService':
      return resource.providedBy;
    case 'PractitionerRole':
      return resource.organization;
    case 'Encounter':
      return resource.serviceProvider;
    case 'Group':
      return resource.managingEntity;
    case 'Location':
    case 'Patient':
      return resource.managingOrganization;
    default:
      return undefined;
  }
}

/**
 * Organization id of the facility that a loaded record says it belongs to; undefined when it names none. Regions, networks,
 * facilities and persons belong to nobody below them. What comes in over HTTP belongs to the facility of its writer instead.
 */
export function custodianOf(resource: Resource): string | undefined {
  const { reference } = facilityNamed(resource) ?? {};
  const target = reference === undefined ? undefined : localTarget(reference);
  return target?.type === 'Organization' ? target.id : undefined;
}
