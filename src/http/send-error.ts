import type { NextFunction, Request, Response } from 'express';
import { fault, isServiceError, type ServiceError, toOperationOutcome } from '../errors.js';
import { logger } from '../logger.js';
import { requestIdOf } from './request-id.js';

/** FHIR media type with charset, as every answer carries it. */
export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** Errors of Express and body reading that are the client's, by their `type`. */
function clientFault(error: unknown, limit: number): ServiceError | undefined {
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  if (type === 'entity.too.large') return fault('body-too-large', { limit });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return fault('content-type-unsupported', { contentType: type });
  return status === 400 || error instanceof URIError ? fault('body-unreadable', { reason: type ?? 'URL' }) : undefined;
}

/** The last handler: every error leaves as an OperationOutcome; what nobody foresaw is 500 with the request's number. */
export const errorHandler =
  (bodyLimitBytes: number) =>
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const known = isServiceError(error) ? error : clientFault(error, bodyLimitBytes);
    const shown = known ?? fault('internal', { request: requestIdOf(response) });
    if (!known)
      logger.error({ err: error, request: requestIdOf(response), method: request.method }, 'unforeseen error');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(shown.status)
      .set({ ...shown.headers, 'Content-Type': FHIR_JSON })
      .send(JSON.stringify(toOperationOutcome(shown.findings)));
  };
