import type { Resource } from '@medplum/fhirtypes';
import type { StoredResource } from '../store/envelope.js';
import { parseFhirJson } from './exact-json.js';

/**
 * The FHIR resource of a stored version, numbers as written. Do not call for deleted versions (their text is empty).
 * Throws an Error for a text that cannot be read: that is our fault, never the client's.
 */
export function resourceOf<T extends Resource = Resource>(stored: Pick<StoredResource, 'json'>): T {
  try {
    return parseFhirJson(stored.json).resource as T;
  } catch (cause) {
    throw new Error('a stored resource cannot be read', { cause });
  }
}

/** Reference text `Type/id` of a stored resource. */
export const referenceTo = (type: string, stored: Pick<StoredResource, '_id'>): string => `${type}/${stored._id}`;
