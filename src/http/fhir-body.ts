import type { Resource } from '@medplum/fhirtypes';
import express, { type Request, type RequestHandler } from 'express';
import { fault } from '../errors.js';
import { parseFhirJson } from '../fhir/exact-json.js';

const JSON_TYPES = ['application/fhir+json', 'application/json'];
const FORM = 'application/x-www-form-urlencoded';

/** Reads the body as bytes, up to the limit; parsing is ours (numbers stay as written, depth is checked first). */
export const readBody = (limit: number): RequestHandler => express.raw({ type: () => true, limit });

const mediaType = (request: Request): string => (request.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

const text = (request: Request): string => (Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');

/**
 * Body of a FHIR request. Throws 415 for another media type, 400 for text that is not JSON or not an object.
 * Undefined when there is no body.
 */
export function fhirBody(request: Request): Resource | undefined {
  const body = text(request);
  if (body === '' || mediaType(request) === FORM) return undefined;
  if (!JSON_TYPES.includes(mediaType(request)))
    throw fault('content-type-unsupported', { contentType: mediaType(request) || '-' });
  const { resource } = parseFhirJson(body);
  if (resource === null || typeof resource !== 'object' || Array.isArray(resource))
    throw fault('body-unreadable', { reason: 'object' });
  return resource as Resource;
}

/** Parameters of a form body (`POST _search`). */
export const formParameters = (request: Request): readonly (readonly [string, string])[] =>
  mediaType(request) === FORM ? [...new URLSearchParams(text(request))] : [];
