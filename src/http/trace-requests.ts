import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Request, RequestHandler } from 'express';
import { requestIdOf } from './request-id.js';

/** Words of FHIR addresses that are no ids. */
const WORD = /^(?:fhir|metadata|_history|_search|\$[a-z-]+)?$/;

/**
 * Address of a request without what may tell who it is about: types and operations stay, ids become `{id}`, the query goes.
 * @param isType tells the types of resources from everything else
 */
export function routeOf(request: Request, isType: (segment: string) => boolean): string {
  const route = (request.route as { readonly path?: unknown } | undefined)?.path;
  if (typeof route === 'string') return `${request.baseUrl}${route}`;
  const [path = ''] = request.originalUrl.split('?');
  return path
    .split('/')
    .map((segment) => (WORD.test(segment) || isType(segment) ? segment : '{id}'))
    .join('/');
}

/**
 * One span for each request, child of the caller's when it sends `traceparent` (W3C Trace Context). Holds method, address
 * without ids, status and X-Request-Id: nothing of a person.
 */
export function traceRequests(isType: (segment: string) => boolean): RequestHandler {
  const tracer = trace.getTracer('http');
  return (request, response, next) => {
    const caller = propagation.extract(context.active(), request.headers);
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, caller);
    response.once('close', () => {
      const route = routeOf(request, isType);
      span.updateName(`${request.method} ${route}`);
      span.setAttributes({
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': response.statusCode,
        'http.request.header.x-request-id': requestIdOf(response),
      });
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(caller, span), next);
  };
}
