import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { parseFhirJson } from '../exact-json.js';
import { JSON_PATCH, type SentPatch } from '../patch/patched.js';
import type { RequestedEntry } from './bundle-entry.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const FHIR_JSON = 'application/fhir+json';

/**
 * Patch of an entry of a Bundle: a Parameters resource, or a Binary that holds the patch as it would be sent by itself
 * (R4 http.html 3.1.0.11.2).
 * @throws ServiceError 415 for a Binary of another type, 400 for another resource or a content that cannot be read
 */
export function entryPatch({ index, resource }: Pick<RequestedEntry, 'index' | 'resource'>): SentPatch {
  if (resource?.resourceType === 'Parameters') return { body: resource };
  const at = `Bundle.entry[${index}].resource`;
  if (resource?.resourceType !== 'Binary') throw fault('bundle-invalid', { reason: `${at}: Binary, Parameters` }, at);
  // The envelope of a Bundle is not validated like a resource.
  const { contentType, data }: { contentType?: unknown; data?: unknown } = resource;
  const type = typeof contentType === 'string' ? contentType.split(';')[0]?.trim().toLowerCase() : undefined;
  if (type !== JSON_PATCH && type !== FHIR_JSON) throw fault('content-type-unsupported', { contentType: type ?? '-' });
  if (typeof data !== 'string' || !BASE64.test(data))
    throw fault('bundle-invalid', { reason: `${at}.data` }, `${at}.data`);
  const text = Buffer.from(data, 'base64').toString('utf8');
  if (type === JSON_PATCH) return { jsonPatch: text };
  return { body: parseFhirJson(text).resource as Resource };
}
