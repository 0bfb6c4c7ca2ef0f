import type { Address, CodeableConcept, ContactPoint, Location, Organization } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, profileUrl, SID } from '../config/canonical.js';
import { placeNames as namesOfPlace } from '../record/catalogue/places.js';
import { catalogue } from './catalogue.js';
import { facilityId, facilityReference, locationId, networkId, regionId } from './catalogue-ids.js';
import { type Facility, FACILITY_TYPES, type Network, type Region } from './catalogue-schema.js';
import { CATALOGUE_DATE, demonstrationMeta } from './demonstration-meta.js';

const ORGANIZATION_TYPE = 'http://terminology.hl7.org/CodeSystem/organization-type';

const coded = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code, ...(display ? { display } : {}) }],
});

/** Names of the department and municipality of a DDMM code. Throws RangeError for an unknown code. */
export function placeNames(municipality: string): { department: string; municipality: string } {
  const names = namesOfPlace(municipality);
  if (!names) throw new RangeError(`no municipality ${municipality}`);
  return names;
}

function addressOf(facility: Facility): Address {
  const { department, municipality } = placeNames(facility.municipality);
  return { use: 'work', city: municipality, district: municipality, state: department, country: 'HN' };
}

const phoneOf = (facility: Facility): ContactPoint => ({ system: 'phone', value: facility.phone, use: 'work' });

const regionOrganization = (region: Region): Organization & { id: string } => ({
  resourceType: 'Organization',
  id: regionId(region.code),
  meta: demonstrationMeta(CATALOGUE_DATE),
  identifier: [{ system: codeSystemUrl('sanitary-region'), value: region.code }],
  active: true,
  type: [
    coded(ORGANIZATION_TYPE, 'govt', 'Government'),
    coded(codeSystemUrl('sanitary-region'), region.code, region.name),
  ],
  name: `Región Sanitaria ${region.name}`,
});

const networkOrganization = (network: Network): Organization & { id: string } => ({
  resourceType: 'Organization',
  id: networkId(network.alias),
  meta: demonstrationMeta(CATALOGUE_DATE),
  identifier: [{ system: SID.account, value: network.alias }],
  active: true,
  type: [coded(ORGANIZATION_TYPE, 'dept', 'Hospital Department'), { text: 'Red de servicios de salud' }],
  name: network.name,
  partOf: { reference: `Organization/${regionId(network.region)}` },
});

const facilityOrganization = (facility: Facility): Organization & { id: string } => ({
  resourceType: 'Organization',
  id: facilityId(facility.rups),
  meta: demonstrationMeta(CATALOGUE_DATE, profileUrl('establecimiento')),
  extension: [
    { url: extensionUrl('facility-level'), valuePositiveInt: facility.level },
    { url: extensionUrl('gestor'), valueCodeableConcept: coded(codeSystemUrl('gestor'), facility.gestor) },
    {
      url: extensionUrl('institution'),
      valueCodeableConcept: coded(codeSystemUrl('institution'), facility.institution),
    },
  ],
  identifier: [
    { use: facility.official ? 'official' : 'temp', system: SID.rups, value: facility.rups },
    ...(facility.alias ? [{ use: 'secondary' as const, system: SID.account, value: facility.alias }] : []),
  ],
  active: true,
  type: [coded(codeSystemUrl('facility-type'), facility.type, FACILITY_TYPES[facility.type])],
  name: facility.name,
  ...(facility.alias ? { alias: [facility.alias] } : {}),
  telecom: [phoneOf(facility)],
  address: [addressOf(facility)],
  partOf: { reference: `Organization/${networkId(facility.network)}` },
  ...(facility.manager ? { contact: [{ purpose: { text: 'Gestor' }, name: { text: facility.manager } }] } : {}),
});

const facilityLocation = (facility: Facility): Location & { id: string } => ({
  resourceType: 'Location',
  id: locationId(facility.rups),
  meta: demonstrationMeta(CATALOGUE_DATE, profileUrl('lugar')),
  identifier: [{ system: SID.rups, value: facility.rups }],
  status: 'active',
  name: facility.name,
  mode: 'instance',
  type: [coded(codeSystemUrl('facility-type'), facility.type, FACILITY_TYPES[facility.type])],
  telecom: [phoneOf(facility)],
  address: addressOf(facility),
  ...(facility.latitude === undefined || facility.longitude === undefined
    ? {}
    : { position: { latitude: facility.latitude, longitude: facility.longitude } }),
  managingOrganization: facilityReference(facility),
});

/** Organizations of regions, networks and facilities (each `partOf` the one above) and the facilities' Locations. */
export const organizationResources = (): (Organization | Location)[] => [
  ...catalogue.regions.map(regionOrganization),
  ...catalogue.networks.map(networkOrganization),
  ...catalogue.facilities.flatMap((facility) => [facilityOrganization(facility), facilityLocation(facility)]),
];
