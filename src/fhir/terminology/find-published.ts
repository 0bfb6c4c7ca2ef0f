import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { type Published, publishedByUrl, publishedOf } from '../conformance/catalogue.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { badInput } from '../operations/read-input.js';

/**
 * The definition that an operation is about: the instance of the URL, else the one with the canonical `url`.
 * @throws ServiceError 404 `not-found` for an unknown instance, `terminology-unknown` for an unknown canonical, 400 without
 *   either or with both
 */
export function findPublished<T extends Resource>(
  context: FhirContext,
  { resourceId }: FhirRequest,
  type: T['resourceType'],
  url: string | undefined,
): T {
  if (resourceId !== undefined && url !== undefined) throw badInput('url', `${type}/${resourceId}`);
  let found: Published | undefined;
  if (resourceId !== undefined) {
    found = publishedOf(context, type).find(({ id }) => id === resourceId);
    if (!found) throw fault('not-found', { type, id: resourceId });
  } else {
    if (url === undefined) throw badInput('url', type);
    found = publishedByUrl(context, type, url);
    if (!found) throw fault('terminology-unknown', { type, name: url.slice(0, 200) });
  }
  return found.resource as T;
}
