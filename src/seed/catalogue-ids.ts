import type { Organization, Reference } from '@medplum/fhirtypes';
import { catalogueId } from '../store/ids.js';
import type { Facility } from './catalogue-schema.js';

/** Organization id of a sanitary region, by its code 1 to 20. */
export const regionId = (code: string): string => catalogueId('Organization', `region|${code}`);
/** Organization id of a network, by its alias, for example `red1`. */
export const networkId = (alias: string): string => catalogueId('Organization', `red|${alias}`);
/** Organization id of a facility, by its RUPS code. */
export const facilityId = (rups: string): string => catalogueId('Organization', rups);
export const locationId = (rups: string): string => catalogueId('Location', rups);
/** HealthcareService id of a specialty at a facility. */
export const serviceId = (rups: string, specialty: string): string =>
  catalogueId('HealthcareService', `${rups}|${specialty}`);

/** Name of a post at a facility, in the form of an account name: `triage.hosp1`, `clinician.9901005`. */
export const postName = (role: string, facility: Pick<Facility, 'alias' | 'rups'>): string =>
  `${role}.${facility.alias ?? facility.rups}`;

/** Reference to a facility with its name. */
export const facilityReference = (
  facility: Pick<Facility, 'rups' | 'name'>,
): Reference<Organization> & { reference: string } => ({
  reference: `Organization/${facilityId(facility.rups)}`,
  display: facility.name,
});
