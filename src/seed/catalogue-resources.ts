import type { Patient, Resource } from '@medplum/fhirtypes';
import { type DemoAccount, demoPatientId } from '../access/accounts.js';
import { profileUrl, SID } from '../config/canonical.js';
import { facilityReference } from './catalogue-ids.js';
import { CATALOGUE_DATE, demonstrationMeta } from './demonstration-meta.js';
import { facilityByAlias } from './find-facility.js';
import { organizationResources } from './organization-resources.js';
import { demonstrationPosts } from './post-resources.js';
import { serviceResources } from './service-resources.js';

/** The people behind the demonstration accounts of patients, registered at the first demonstration facility. */
function accountPatients(accounts: readonly DemoAccount[]): Patient[] {
  const facility = facilityByAlias('uaps1');
  if (!facility) throw new RangeError('the catalogue has no facility uaps1');
  return accounts
    .filter(({ role }) => role === 'patient')
    .map(({ name, displayName }): Patient => ({
      resourceType: 'Patient',
      id: demoPatientId(name),
      meta: demonstrationMeta(CATALOGUE_DATE, profileUrl('paciente')),
      identifier: [
        { system: SID.account, value: name },
        { system: SID.temporal, value: `demo-${name}` },
      ],
      active: true,
      name: [
        {
          use: 'official',
          text: displayName,
          family: 'Demostración',
          given: ['Paciente', name.split('.').at(-1) ?? name],
        },
      ],
      gender: 'unknown',
      birthDate: '1990-01-01',
      managingOrganization: facilityReference(facility),
    }));
}

/**
 * All records of the directory and of the demonstration accounts: Organizations of regions, networks and
 * facilities, Locations, HealthcareServices, Practitioners, PractitionerRoles, Patients of patient accounts.
 * Ids depend on codes and names alone, so the list is the same on every machine. References point backwards only.
 * @param accounts rows of seed/accounts.json (`readDemoAccounts`)
 */
export const catalogueResources = (accounts: readonly DemoAccount[]): (Resource & { id: string })[] =>
  [
    ...organizationResources(),
    ...serviceResources(),
    ...demonstrationPosts(accounts),
    ...accountPatients(accounts),
  ] as (Resource & { id: string })[];
