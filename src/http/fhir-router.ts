import { setMaxListeners } from 'node:events';
import type { Request, RequestHandler, Response } from 'express';
import { startBundle } from '../bulk/bundle/start-bundle.js';
import { wantsAsync } from '../bulk/jobs/kick-off.js';
import { fault, ServiceError } from '../errors.js';
import { dispatch } from '../fhir/dispatch.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { callerOf } from './authenticated.js';
import { fhirBody, formParameters, patchBody } from './fhir-body.js';
import { requestIdOf } from './request-id.js';
import { FHIR_JSON } from './send-error.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;
const ACCEPTED = /(?:^|[,\s])(?:\*\/\*|application\/\*|application\/(?:fhir\+)?json)/i;

/** Throws 406 when the client wants a format that is not served. */
function assertFormat(request: Request, query: URLSearchParams): void {
  const format = query.get('_format');
  const accept = request.get('accept');
  const wanted = format === null ? accept : format === 'json' ? 'application/json' : format;
  // A plus sign in a query arrives as a space.
  if (wanted !== undefined && !ACCEPTED.test(wanted.replace('fhir json', 'fhir+json')))
    throw fault('format-unsupported');
}

/** Address of the client, as `trust proxy` lets Express see it. */
export const clientAddress = (request: Request): { ip?: string } =>
  request.ip === undefined ? {} : { ip: request.ip };

function header(request: Request, name: string): string | undefined {
  return request.get(name);
}

/** HEAD is GET whose body is left out (RFC 9110, 9.3.2). Throws 405 with `Allow` for what FHIR does not know. */
function methodOf({ method, path }: Request): FhirRequest['method'] {
  const asked = method === 'HEAD' ? 'GET' : method;
  const known = METHODS.find((one) => one === asked);
  if (known) return known;
  const finding = { code: 'method-not-allowed', params: { method, path } } as const;
  throw new ServiceError(finding, { headers: { Allow: ['HEAD', ...METHODS].join(', ') } });
}

/** Path below the base, decoded. Throws 404 for a broken escape, and for an escaped slash: it would move the borders of ids. */
function pathOf({ path }: Request): string {
  try {
    if (!/%2f/i.test(path)) return decodeURIComponent(path);
  } catch {
    // told below
  }
  throw fault('route-unknown', { path });
}

/** Signal that ends when the client leaves before the answer: a query nobody waits for is stopped. */
function untilClosed(response: Response): AbortSignal {
  const gone = new AbortController();
  // One request may run many queries at once, each listening for the client's leaving.
  setMaxListeners(0, gone.signal);
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function toFhirRequest(request: Request, response: Response): FhirRequest {
  const method = methodOf(request);
  // The first question mark begins the query; others belong to it.
  const search = new URLSearchParams(request.url.replace(/^[^?]*\??/, ''));
  assertFormat(request, search);
  search.delete('_format');
  search.delete('_pretty');
  const body = method === 'POST' || method === 'PUT' ? fhirBody(request) : undefined;
  const patch = method === 'PATCH' ? patchBody(request) : {};
  const query = [...search, ...formParameters(request)];
  const ifMatch = header(request, 'if-match');
  const ifNoneExist = header(request, 'if-none-exist');
  const idempotencyKey = header(request, 'idempotency-key');
  const prefer = header(request, 'prefer');
  return {
    method,
    id: requestIdOf(response),
    caller: callerOf(response),
    ...clientAddress(request),
    query,
    ...(body ? { body } : {}),
    ...patch,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(prefer === undefined ? {} : { prefer }),
    ...(query.length > 0 ? { signal: untilClosed(response) } : {}),
  };
}

/** Has the reader the current version already (If-None-Match, If-Modified-Since; RFC 9110, 13)? */
function isFresh(request: Request, response: Response, { status, headers }: FhirResponse): boolean {
  const conditional = request.get('if-none-match') ?? request.get('if-modified-since');
  // Only a version can be the current one: a list of results has no ETag, and `*` would fit anything.
  if (conditional === undefined || status !== 200 || headers['ETag'] === undefined) return false;
  response.set(headers);
  return request.fresh;
}

/** Sends an answer of the FHIR engine; the text goes out as it is, without what Express would do for any other body. */
export function sendFhir(request: Request, response: Response, answer: FhirResponse): void {
  const { status, headers, body } = answer;
  if (body === undefined || isFresh(request, response, answer)) {
    response.writeHead(body === undefined ? status : 304, headers).end();
    return;
  }
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, 'Content-Type': FHIR_JSON, 'Content-Length': length });
  // HEAD is GET without the body (RFC 9110, 9.3.2).
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** Everything below `/fhir` that needs a token, behind `authenticated`. What `dispatch` checks in which order: design.md 3a.6. */
export const fhirRouter =
  (context: FhirContext): RequestHandler =>
  async (request, response) => {
    const path = pathOf(request);
    const asked = toFhirRequest(request, response);
    const later = asked.method === 'POST' && /^\/*$/.test(path) && wantsAsync(asked);
    sendFhir(request, response, await (later ? startBundle(context, asked) : dispatch(context, asked, path)));
  };
