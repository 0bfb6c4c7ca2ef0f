import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import { fault } from '../errors.js';
import { isExactNumber, scanJson } from './json-scan.js';
import { isUnsafeKey } from './unsafe-key.js';

/** Deepest nesting of a body; the deepest element of R4 in practice (questionnaires, nested sections) stays under 30. */
export const MAX_DEPTH = 64;

/** A parsed FHIR body. */
export interface ParsedJson {
  /** The tree; numbers that JavaScript would change are `LosslessNumber` objects. */
  readonly resource: unknown;
  /** True when the tree holds no `LosslessNumber`. */
  readonly exact: boolean;
}

const readNumber = (literal: string): number | LosslessNumber =>
  isExactNumber(literal) ? Number(literal) : new LosslessNumber(literal);

/** V8 quotes a piece of the body in its message: the position is enough and safe to log. */
const reasonOf = (error: unknown): string => /position \d+/.exec(String(error))?.[0] ?? 'syntax';

/**
 * Parses FHIR JSON so that `stringifyFhir` gives every number back as it was written: decimals have a precision
 * (https://hl7.org/fhir/R4/datatypes.html#decimal).
 * @throws ServiceError `body-too-deep`, `body-unreadable` (syntax, or a member twice in one object), `key-unsafe`
 */
export function parseFhirJson(text: string): ParsedJson {
  const scan = scanJson(text, MAX_DEPTH, isUnsafeKey);
  if (scan.depth > MAX_DEPTH) throw fault('body-too-deep', { limit: MAX_DEPTH });
  let resource: unknown;
  try {
    resource = JSON.parse(text);
  } catch (error) {
    throw fault('body-unreadable', { reason: reasonOf(error) });
  }
  if (scan.unsafe !== undefined) throw fault('key-unsafe', { key: scan.unsafe });
  if (scan.duplicate !== undefined) throw fault('body-unreadable', { reason: `"${scan.duplicate}" × 2` });
  return scan.inexact ? { resource: parse(text, null, readNumber), exact: false } : { resource, exact: true };
}

/** Tree of a text that this service wrote itself, numbers as {@link parseFhirJson} gives them. */
export const parseOwnJson = (text: string): unknown => parse(text, null, readNumber);

/**
 * JSON text of a resource, its `LosslessNumber` values as they were written.
 * @param indent blanks a level, for people; one line when absent
 */
export const stringifyFhir = (resource: unknown, indent?: number): string =>
  holdsLossless(resource) ? (stringify(resource, null, indent) ?? 'null') : JSON.stringify(resource, null, indent);

function holdsLossless(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsLossless);
  if (isLosslessNumber(value)) return true;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object' && holdsLossless(member)) return true;
  }
  return false;
}

const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isLosslessNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
};

/**
 * The same tree with JavaScript numbers, for validation and indexing only (never to be stored).
 * @returns the object itself when it holds no `LosslessNumber`, else a copy
 */
export const toPlain = <T>(resource: T): T => (holdsLossless(resource) ? (plain(resource) as T) : resource);
