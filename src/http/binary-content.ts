import type { Binary } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { fault } from '../errors.js';
import type { FhirResponse } from '../fhir/exchange.js';

/** Places whose answer is a Binary. */
const BINARIES = /^\/(?:Binary\/[^/]+|ServiceRequest\/[^/]+\/\$hc10)\/*$/;
/** The only content that leaves as itself: what a browser would run never does. */
const PDF = 'application/pdf';

/**
 * Does the client want the file that a Binary holds, not the resource (R4 binary.html: an Accept header that names no FHIR
 * format)? `application/pdf` alone is given.
 * @param path below the base
 */
export function contentAsked(
  request: Pick<Request, 'method' | 'get'>,
  path: string,
  query: readonly (readonly [string, string])[],
): typeof PDF | undefined {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads || !BINARIES.test(path) || query.some(([name]) => name === '_format')) return undefined;
  const [range = ''] = (request.get('accept') ?? '').split(',');
  return range.split(';')[0]?.trim().toLowerCase() === PDF ? PDF : undefined;
}

/** Sends the content of a Binary, to be saved. @throws ServiceError 406 when it holds something else */
export function sendContent(request: Request, response: Response, answer: FhirResponse, type: typeof PDF): void {
  const found = answer.body === undefined ? undefined : (JSON.parse(answer.body) as Partial<Binary>);
  if (found?.resourceType !== 'Binary' || found.contentType !== type)
    throw fault('format-unsupported', { format: type });
  const bytes = Buffer.from(found.data ?? '', 'base64');
  response.writeHead(answer.status, {
    ...answer.headers,
    'Content-Type': type,
    'Content-Disposition': 'attachment',
    'Content-Length': bytes.length,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(bytes);
}
