import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import { toOperationOutcome } from '../errors.js';
import type { FoundResource } from '../store/envelope.js';
import { stringifyFhir } from './exact-json.js';
import type { FhirRequest, FhirResponse } from './exchange.js';

/** `ETag` of a version (FHIR R4 http.html 3.1.0.1.3: weak, the version id). */
export const etag = (version: number | string): string => `W/"${version}"`;

/** Headers that tell the version of a resource. */
export const versionHeaders = (stored: Pick<FoundResource, 'vid' | 'lu'>): Record<string, string> => ({
  ETag: etag(stored.vid),
  'Last-Modified': stored.lu.toUTCString(),
});

/** URL of a version, for `Location`. */
export const versionUrl = (baseUrl: string, type: string, { _id, vid }: Pick<FoundResource, '_id' | 'vid'>): string =>
  `${baseUrl}/${type}/${_id}/_history/${vid}`;

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/**
 * Has the reader the version that an answer holds? (RFC 9110, 13.1: If-None-Match goes before If-Modified-Since.) Never for
 * an answer without ETag: only a version can be the current one.
 */
export function isNotModified(
  { status, headers }: Pick<FhirResponse, 'status' | 'headers'>,
  { ifNoneMatch, ifModifiedSince }: { readonly ifNoneMatch?: string; readonly ifModifiedSince?: string },
): boolean {
  const { ETag: tag, 'Last-Modified': modified } = headers;
  if (status !== 200 || tag === undefined) return false;
  if (ifNoneMatch !== undefined)
    return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => opaque(one) === opaque(tag));
  return ifModifiedSince !== undefined && Date.parse(modified ?? '') <= Date.parse(ifModifiedSince);
}

/** Answer with a resource as JSON. */
export const resourceAnswer = (
  status: number,
  resource: Resource,
  headers: Record<string, string> = {},
): FhirResponse => ({ status, headers, body: stringifyFhir(resource) });

/** Form of the answer to a write that the client prefers (FHIR R4 http.html 3.1.0.1.6). */
export function preferredReturn(
  request: Pick<FhirRequest, 'prefer'>,
): 'representation' | 'minimal' | 'OperationOutcome' {
  const match = /\breturn=(representation|minimal|OperationOutcome)\b/.exec(request.prefer ?? '');
  return (match?.[1] as 'minimal' | undefined) ?? 'representation';
}

/** Answer to a write: the stored text, nothing, or an OperationOutcome (its warnings, else "all OK"), as preferred. */
export function writeAnswer(
  request: FhirRequest,
  status: 200 | 201,
  stored: FoundResource,
  options: { headers?: Record<string, string>; outcome?: OperationOutcome | undefined } = {},
): FhirResponse {
  const headers = { ...versionHeaders(stored), ...options.headers };
  const outcome = options.outcome ? { outcome: options.outcome } : {};
  const preferred = preferredReturn(request);
  if (preferred === 'minimal') return { status, headers, ...outcome };
  if (preferred === 'representation') return { status, headers, body: stored.json, ...outcome };
  return { status, headers, body: JSON.stringify(options.outcome ?? toOperationOutcome([{ code: 'ok' }])), ...outcome };
}

/** Version number of an If-Match header, 400 `header-invalid` handled by the caller: undefined when malformed. */
export const versionOfEtag = (header: string): number | undefined => {
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  return match ? Number(match[1]) : undefined;
};
