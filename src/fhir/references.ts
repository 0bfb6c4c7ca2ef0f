import type { Resource } from '@medplum/fhirtypes';
import { isLosslessNumber } from 'lossless-json';

/** A reference found in a resource: its text and where it stands. */
export interface FoundReference {
  readonly reference: string;
  /** FHIRPath, for example `Observation.performer[0]`. */
  readonly expression: string;
}

type Visit = (reference: string, expression: string) => void;

function walk(value: unknown, expression: string, visit: Visit): void {
  if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${expression}[${index}]`, visit));
  else if (value !== null && typeof value === 'object') {
    if ('reference' in value && typeof value.reference === 'string') visit(value.reference, expression);
    for (const [key, child] of Object.entries(value)) {
      if (typeof child === 'object' && child !== null) walk(child, `${expression}.${key}`, visit);
    }
  }
}

/** All literal references of a resource, contained resources included, entries of a document Bundle excluded. */
export function referencesOf(resource: Resource): readonly FoundReference[] {
  // A stored document is a closed whole: its entries refer to each other by fullUrl.
  if (resource.resourceType === 'Bundle') return [];
  const found: FoundReference[] = [];
  walk(resource, resource.resourceType, (reference, expression) => found.push({ reference, expression }));
  return found;
}

/** Elements of type uri, url and canonical that may name a resource (R4 http.html#trules replaces them in a transaction). */
export const URI_ELEMENTS: ReadonlySet<string> = new Set([
  'url',
  'uri',
  'valueUri',
  'valueUrl',
  'valueCanonical',
  'instantiatesUri',
]);

const REFERENCE: ReadonlySet<string> = new Set(['reference']);

function rewritten(
  value: unknown,
  rewrite: (link: string) => string | undefined,
  elements: ReadonlySet<string>,
): unknown {
  // Numbers that are kept as written are objects of a class of their own.
  if (value === null || typeof value !== 'object' || isLosslessNumber(value)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => rewritten(item, rewrite, elements));
  return Object.fromEntries(
    Object.entries(value).map(([key, child]: [string, unknown]) =>
      elements.has(key) && typeof child === 'string'
        ? [key, rewrite(child) ?? child]
        : [key, rewritten(child, rewrite, elements)],
    ),
  );
}

/** Copy of a resource with other texts in its literal references (or the elements named): `rewrite` gives the new one or undefined to leave it. */
export const withReferences = <T extends Resource>(
  resource: T,
  rewrite: (reference: string) => string | undefined,
  elements: ReadonlySet<string> = REFERENCE,
): T => rewritten(resource, rewrite, elements) as T;

/**
 * The same resource with references under our own base made relative: only in that form are they searched, and judged by
 * the access policy. A stored document stays as it was signed.
 */
export function withLocalReferences<T extends Resource>(resource: T, baseUrl: string): T {
  const isOurs = (reference: string): boolean => reference.startsWith(`${baseUrl}/`);
  if (!referencesOf(resource).some(({ reference }) => isOurs(reference))) return resource;
  return withReferences(resource, (reference) => (isOurs(reference) ? reference.slice(baseUrl.length + 1) : undefined));
}

const RELATIVE = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/**
 * Type and id of a reference to a resource of this server: relative, or absolute with our base URL.
 * Undefined for `#contained`, `urn:`, other servers.
 */
export function localTarget(reference: string, baseUrl?: string): { type: string; id: string } | undefined {
  const text = baseUrl && reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference;
  const match = RELATIVE.exec(text);
  return match?.[1] && match[2] ? { type: match[1], id: match[2] } : undefined;
}
