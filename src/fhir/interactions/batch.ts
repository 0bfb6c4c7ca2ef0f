import { STATUS_CODES } from 'node:http';
import type { Bundle, BundleEntryResponse } from '@medplum/fhirtypes';
import { fault, isServiceError, toOperationOutcome } from '../../errors.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { logger } from '../../logger.js';
import { isNotModified } from '../answer.js';
import { batchEntries, type RequestedEntry } from './bundle-entry.js';
import { entryPatch } from './entry-patch.js';

/** Carries out one request given by its path below the base URL; handed in by the dispatcher itself. */
export type Dispatch = (context: FhirContext, request: FhirRequest, path: string) => Promise<FhirResponse>;

/** Text of one entry of a response Bundle. */
export function entryResult(
  context: FhirContext,
  response: BundleEntryResponse,
  resourceText: string,
  reference?: string,
): string {
  const fullUrl = reference === undefined ? '' : `"fullUrl":${JSON.stringify(`${context.baseUrl}/${reference}`)},`;
  const resource = resourceText === '' ? '' : `"resource":${resourceText},`;
  return `{${fullUrl}${resource}"response":${JSON.stringify(response)}}`;
}

/** `Type/id` of a resource as it is stored and served: type and id come first. */
function referenceOf(json: string): string | undefined {
  const [, type, id] = /^\{"resourceType":"(\w+)","id":"([A-Za-z0-9\-.]+)"/.exec(json) ?? [];
  return type === undefined ? undefined : `${type}/${id}`;
}

function answered(context: FhirContext, answer: FhirResponse, entry: RequestedEntry): string {
  const { headers, outcome } = answer;
  const known = entry.method === 'GET' && isNotModified(answer, entry);
  const [status, body = ''] = known ? [304] : [answer.status, answer.body];
  const modified = headers['Last-Modified'];
  return entryResult(
    context,
    {
      status: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
      ...(headers['Location'] ? { location: headers['Location'] } : {}),
      ...(headers['ETag'] ? { etag: headers['ETag'] } : {}),
      ...(modified ? { lastModified: new Date(modified).toISOString() } : {}),
      ...(outcome ? { outcome } : {}),
    },
    body,
    referenceOf(body),
  );
}

/** Text of an entry that could not be carried out. */
export function failed(context: FhirContext, request: FhirRequest, error: unknown): string {
  const known = isServiceError(error) ? error : fault('internal', { request: request.id });
  if (known !== error) logger.error({ err: error, request: request.id }, 'batch entry failed');
  const outcome = toOperationOutcome(known.findings);
  return entryResult(context, { status: `${known.status} ${STATUS_CODES[known.status] ?? ''}`.trim(), outcome }, '');
}

/** Carries out one entry like a request of its own. With `strict`, errors are thrown instead of answered. */
export async function runEntry(
  context: FhirContext,
  request: FhirRequest,
  entry: RequestedEntry,
  dispatch: Dispatch,
  strict = false,
): Promise<string> {
  const { body: _body, ifMatch: _m, ifNoneMatch: _n, ifNoneExist: _e, idempotencyKey: _key, ...rest } = request;
  const one = (): FhirRequest => ({
    ...rest,
    method: entry.method,
    query: entry.query,
    ...(entry.method === 'PATCH' ? entryPatch(entry) : entry.resource ? { body: entry.resource } : {}),
    ...(entry.ifMatch === undefined ? {} : { ifMatch: entry.ifMatch }),
    ...(entry.ifNoneMatch === undefined || entry.method === 'GET' ? {} : { ifNoneMatch: entry.ifNoneMatch }),
    ...(entry.ifNoneExist === undefined ? {} : { ifNoneExist: entry.ifNoneExist }),
  });
  try {
    return answered(context, await dispatch(context, one(), entry.path), entry);
  } catch (error) {
    if (strict) throw error;
    return failed(context, request, error);
  }
}

/**
 * FHIR batch (R4 http.html 3.1.0.11): every entry stands alone; one that fails, or that is none, does not touch the others.
 * @throws ServiceError 400 `bundle-invalid` when there is no list of entries or it is too long
 */
export async function batch(
  context: FhirContext,
  request: FhirRequest,
  bundle: Bundle,
  dispatch: Dispatch,
): Promise<FhirResponse> {
  const results = new Map<number, string>();
  const { requested, refused } = batchEntries(bundle, context.baseUrl);
  for (const [index, error] of refused) results.set(index, failed(context, request, error));
  for (const entry of requested) results.set(entry.index, await runEntry(context, request, entry, dispatch));
  const entries = [...results].sort(([a], [b]) => a - b).map(([, text]) => text);
  const body = `{"resourceType":"Bundle","type":"batch-response"${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`;
  return { status: 200, headers: {}, body };
}
