import type { Request, RequestHandler, Response } from 'express';
import type { Caller } from '../access/caller.js';
import { fault } from '../errors.js';
import { dispatch } from '../fhir/dispatch.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { fhirBody, formParameters } from './fhir-body.js';
import { requestIdOf } from './request-id.js';
import { FHIR_JSON } from './send-error.js';

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']);
const ACCEPTED = /(?:^|[,\s])(?:\*\/\*|application\/\*|application\/(?:fhir\+)?json)/i;

/** Throws 406 when the client wants a format that is not served. */
function assertFormat(request: Request, query: URLSearchParams): void {
  const format = query.get('_format');
  const accept = request.get('accept');
  const wanted = format === null ? accept : format === 'json' ? 'application/json' : format;
  // A plus sign in a query arrives as a space.
  if (wanted !== undefined && !ACCEPTED.test(wanted.replace('fhir json', 'fhir+json'))) throw fault('format-unsupported');
}

/** Address of the client, as `trust proxy` lets Express see it. */
const clientAddress = (request: Request): { ip?: string } => (request.ip === undefined ? {} : { ip: request.ip });

function header(request: Request, name: string): string | undefined {
  return request.get(name);
}

function toFhirRequest(request: Request, response: Response, caller: Caller): FhirRequest {
  const search = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
  assertFormat(request, search);
  search.delete('_format');
  search.delete('_pretty');
  if (!METHODS.has(request.method)) throw fault('method-not-allowed', { method: request.method, path: request.path });
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const body = request.method === 'GET' || request.method === 'DELETE' ? undefined : fhirBody(request);
  const ifMatch = header(request, 'if-match');
  const ifNoneExist = header(request, 'if-none-exist');
  const prefer = header(request, 'prefer');
  return {
    method: request.method as FhirRequest['method'],
    id: requestIdOf(response),
    caller,
    ...clientAddress(request),
    query: [...search, ...formParameters(request)],
    ...(body ? { body } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
    ...(prefer === undefined ? {} : { prefer }),
    signal: gone.signal,
  };
}

/** Sends an answer of the FHIR engine; the text goes out as it is. */
export function sendFhir(response: Response, answer: FhirResponse): void {
  response.status(answer.status).set(answer.headers);
  if (answer.body === undefined) response.end();
  else response.set('Content-Type', FHIR_JSON).send(answer.body);
}

/**
 * Everything below `/fhir` that needs a token. Order of checks: 401 first, then what `dispatch` says
 * (design.md 3a.6).
 */
export function fhirRouter(
  context: FhirContext,
  authenticate: (authorization: string | undefined) => Promise<Caller>,
): RequestHandler {
  return async (request, response) => {
    const caller = await authenticate(header(request, 'authorization'));
    let path: string;
    try {
      path = decodeURIComponent(request.path);
    } catch {
      throw fault('route-unknown', { path: request.path });
    }
    sendFhir(response, await dispatch(context, toFhirRequest(request, response, caller), path));
  };
}
