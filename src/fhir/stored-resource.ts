import type { Resource } from '@medplum/fhirtypes';
import type { StoredResource } from '../store/envelope.js';
import { parseFhirJson } from './exact-json.js';

/** The FHIR resource of a stored version, numbers as written. Do not call for deleted versions (their text is empty). */
export const resourceOf = <T extends Resource = Resource>(stored: Pick<StoredResource, 'json'>): T =>
  parseFhirJson(stored.json).resource as T;

/** Reference text `Type/id` of a stored resource. */
export const referenceTo = (type: string, stored: Pick<StoredResource, '_id'>): string => `${type}/${stored._id}`;
