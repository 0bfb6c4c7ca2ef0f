import { setMaxListeners } from 'node:events';
import type { Request, RequestHandler, Response } from 'express';
import { startBundle } from '../bulk/bundle/start-bundle.js';
import { wantsAsync } from '../bulk/jobs/kick-off.js';
import { fault, ServiceError } from '../errors.js';
import { dispatch } from '../fhir/dispatch.js';
import type { FhirRequest, FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { FhirXml } from '../fhir/xml/fhir-xml.js';
import { callerOf } from './authenticated.js';
import { fhirBody, formParameters, patchBody } from './fhir-body.js';
import { contentAsked, sendContent } from './binary-content.js';
import { requestIdOf } from './request-id.js';
import { represent, type RepresentedBody } from './represent.js';
import { PLAIN_JSON, type Representation, representationOf } from './representation.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

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

type Query = FhirRequest['query'];

/** Parameters of the URL and of a form body. */
function parametersOf(request: Request): Query {
  const mark = request.url.indexOf('?');
  const form = formParameters(request);
  return mark < 0 ? form : [...new URLSearchParams(request.url.slice(mark + 1)), ...form];
}

const isAboutForm = ([name]: Query[number]): boolean => name === '_format' || name === '_pretty';

function toFhirRequest(request: Request, response: Response, parameters: Query, xml: FhirXml): FhirRequest {
  const method = methodOf(request);
  const body = method === 'POST' || method === 'PUT' ? fhirBody(request, xml) : undefined;
  const patch = method === 'PATCH' ? patchBody(request, xml) : {};
  const query = parameters.filter((one) => !isAboutForm(one));
  const ifMatch = header(request, 'if-match');
  const ifNoneMatch = method === 'GET' ? undefined : header(request, 'if-none-match');
  const ifNoneExist = header(request, 'if-none-exist');
  const idempotencyKey = header(request, 'idempotency-key');
  const provenance = header(request, 'x-provenance');
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
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    ...(ifNoneExist === undefined ? {} : { ifNoneExist }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(provenance === undefined ? {} : { provenance }),
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

interface Form {
  readonly xml: FhirXml;
  readonly representation: Representation;
}

/** What was done is told in JSON when XML cannot say it: 406 would look as if nothing had been done. */
function represented({ method }: Request, body: string, { xml, representation }: Form): RepresentedBody {
  try {
    return represent(xml, body, representation);
  } catch (error) {
    if (method === 'GET' || method === 'HEAD') throw error;
    return represent(xml, body, PLAIN_JSON);
  }
}

/** Sends an answer of the FHIR engine; the text of JSON goes out as it is, without what Express would do for any other body. */
export function sendFhir(request: Request, response: Response, answer: FhirResponse, form: Form): void {
  const { status, headers, body } = answer;
  if (body === undefined || isFresh(request, response, answer)) {
    response.writeHead(body === undefined ? status : 304, headers).end();
    return;
  }
  const { contentType, text } = represented(request, body, form);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { ...headers, 'Content-Type': contentType, 'Content-Length': length });
  // HEAD is GET without the body (RFC 9110, 9.3.2).
  if (request.method === 'HEAD') response.end();
  else response.end(text);
}

/** An answer that is the same for everybody, outside `authenticated`. */
export const openAnswer =
  (xml: FhirXml, answer: () => FhirResponse): RequestHandler =>
  (request, response) =>
    sendFhir(request, response, answer(), { xml, representation: representationOf(request, parametersOf(request)) });

/** Everything below `/fhir` that needs a token, behind `authenticated`. What `dispatch` checks in which order: design.md 3a.6. */
export const fhirRouter =
  (context: FhirContext, xml: FhirXml): RequestHandler =>
  async (request, response) => {
    const path = pathOf(request);
    const parameters = parametersOf(request);
    const content = contentAsked(request, path, parameters);
    const representation = content ? PLAIN_JSON : representationOf(request, parameters);
    const asked = toFhirRequest(request, response, parameters, xml);
    const later = asked.method === 'POST' && /^\/*$/.test(path) && wantsAsync(asked);
    const answer = await (later ? startBundle(context, asked) : dispatch(context, asked, path));
    if (content) sendContent(request, response, answer, content);
    else sendFhir(request, response, answer, { xml, representation });
  };
