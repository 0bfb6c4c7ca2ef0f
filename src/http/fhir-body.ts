import type { Resource } from '@medplum/fhirtypes';
import express, { type Request, type RequestHandler } from 'express';
import { fault, isServiceError, ServiceError } from '../errors.js';
import { parseFhirJson } from '../fhir/exact-json.js';
import { JSON_PATCH, PATCH_FORMATS } from '../fhir/patch/patched.js';
import type { FhirXml } from '../fhir/xml/fhir-xml.js';
import { formatOf } from './representation.js';

const FORM = 'application/x-www-form-urlencoded';

/** Reads the body as bytes, up to the limit; parsing is ours (numbers stay as written, depth is checked first). */
export const readBody = (limit: number): RequestHandler => express.raw({ type: () => true, limit });

const mediaType = (request: Request): string => (request.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

const isSearch = ({ path }: Request): boolean => path.endsWith('/_search');
const isSearchForm = (request: Request): boolean => mediaType(request) === FORM && isSearch(request);

/** FHIR is UTF-8 (R4 json.html, xml.html): throws 415 for another declared charset, 400 for bytes that are none. */
function text(request: Request): string {
  if (!Buffer.isBuffer(request.body)) return '';
  const charset = /;\s*charset="?([^\s";]+)/i.exec(request.get('content-type') ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw fault('content-type-unsupported', { contentType: charset });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(request.body);
  } catch {
    throw fault('body-unreadable', { reason: 'UTF-8' });
  }
}

/** Format of the body. Throws 415 for another media type. */
function bodyFormat(request: Request): 'json' | 'xml' {
  const contentType = mediaType(request);
  const format = contentType.includes('/') ? formatOf(contentType) : undefined;
  if (format) return format;
  throw fault(isSearch(request) ? 'search-body' : 'content-type-unsupported', { contentType: contentType || '-' });
}

/**
 * Body of a FHIR request. Throws 415 for another media type, 400 for text that is not JSON or XML, or not an object.
 * Undefined when there is no body.
 */
export function fhirBody(request: Request, xml: FhirXml): Resource | undefined {
  const body = text(request);
  if (body === '' || isSearchForm(request)) return undefined;
  const resource = bodyFormat(request) === 'xml' ? xml.read(body) : parseFhirJson(body).resource;
  if (resource === null || typeof resource !== 'object' || Array.isArray(resource))
    throw fault('body-unreadable', { reason: 'object' });
  return resource as Resource;
}

/**
 * Patch of a request: the text of a JSON Patch, or a Parameters resource. Throws 415 with `Accept-Patch` (RFC 5789, 2.2)
 * for another media type.
 */
export function patchBody(request: Request, xml: FhirXml): { jsonPatch?: string; body?: Resource } {
  if (mediaType(request) === JSON_PATCH) return { jsonPatch: text(request) };
  try {
    const body = fhirBody(request, xml);
    return body ? { body } : {};
  } catch (error) {
    if (!isServiceError(error) || error.status !== 415) throw error;
    throw new ServiceError(error.findings, { headers: { 'Accept-Patch': PATCH_FORMATS.join(', ') }, cause: error });
  }
}

/** Parameters of a form body (`POST _search`). */
export const formParameters = (request: Request): readonly (readonly [string, string])[] =>
  isSearchForm(request) ? [...new URLSearchParams(text(request))] : [];
