import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../errors.js';
import type { FhirRequest } from './exchange.js';

/** Body of a write. Throws 400 when it is absent or of another type than the URL says. */
export function requireBody(request: { readonly body?: FhirRequest['body'] | undefined }, type: string): Resource {
  const { body } = request;
  if (body === undefined) throw fault('body-missing');
  const actual: unknown = (body as { resourceType?: unknown }).resourceType;
  if (actual !== type)
    throw fault('type-mismatch', { actual: typeof actual === 'string' ? actual : '-', expected: type });
  return body;
}
