import type { NextFunction, Request, Response } from 'express';
import { fault, isServiceError, type ServiceError, toOperationOutcome } from '../errors.js';
import { logger } from '../logger.js';
import type { FhirXml } from '../fhir/xml/fhir-xml.js';
import { PLAIN_JSON, type Representation, representationOf } from './representation.js';
import { requestIdOf } from './request-id.js';
import { type RepresentedBody, represent } from './represent.js';

/** Errors of Express and body reading that are the client's, by their `type`. */
function clientFault(error: unknown, limit: number): ServiceError | undefined {
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  if (type === 'entity.too.large') return fault('body-too-large', { limit });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return fault('content-type-unsupported', { contentType: type });
  return status === 400 || error instanceof URIError ? fault('body-unreadable', { reason: type ?? 'URL' }) : undefined;
}

/** What the client of the FHIR API asked for; JSON for everybody else, and for who asked for something that there is not. */
function wantedOf(request: Request): Representation {
  if (!request.originalUrl.startsWith('/fhir')) return PLAIN_JSON;
  try {
    return representationOf(request, [...new URLSearchParams(request.originalUrl.split('?', 2)[1] ?? '')]);
  } catch {
    return PLAIN_JSON;
  }
}

function bodyOf(request: Request, xml: FhirXml, { findings }: ServiceError): RepresentedBody {
  return represent(xml, JSON.stringify(toOperationOutcome(findings)), wantedOf(request));
}

/** The last handler: every error leaves as an OperationOutcome; what nobody foresaw is 500 with the request's number. */
export const errorHandler =
  (bodyLimitBytes: number, xml: FhirXml) =>
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const known = isServiceError(error) ? error : clientFault(error, bodyLimitBytes);
    const shown = known ?? fault('internal', { request: requestIdOf(response) });
    if (!known)
      logger.error({ err: error, request: requestIdOf(response), method: request.method }, 'unforeseen error');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { contentType, text } = bodyOf(request, xml, shown);
    response
      .status(shown.status)
      .set({ ...shown.headers, 'Content-Type': contentType })
      .send(text);
  };
