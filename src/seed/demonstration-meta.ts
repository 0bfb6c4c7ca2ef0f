import type { Meta } from '@medplum/fhirtypes';

/** Marks a record as test data (FHIR R4 resource.html, "Test Data": code HTEST of v3-ActReason), here as a tag. */
const TEST_DATA = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
} as const;

/**
 * Meta of a first version that the seed writes.
 * @param lastUpdated instant in ISO 8601
 * @param profile canonical URL of the profile the record claims
 */
export const demonstrationMeta = (lastUpdated: string, profile?: string): Meta => ({
  versionId: '1',
  lastUpdated,
  ...(profile ? { profile: [profile] } : {}),
  tag: [TEST_DATA],
});

/** Moment at which the catalogue of the demonstration was made: the same on every machine. */
export const CATALOGUE_DATE = '2026-10-01T12:00:00.000Z';
