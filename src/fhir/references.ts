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

function rewrittenItems(
  items: readonly unknown[],
  rewrite: (link: string) => string | undefined,
  elements: ReadonlySet<string>,
): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = rewritten(item, rewrite, elements);
    if (next !== item) (copy ??= [...items])[index] = next;
  }
  return copy ?? items;
}

/** What nothing is to be changed in is handed on as it is, not copied. */
function rewritten(
  value: unknown,
  rewrite: (link: string) => string | undefined,
  elements: ReadonlySet<string>,
): unknown {
  // Numbers that are kept as written are objects of a class of their own.
  if (value === null || typeof value !== 'object' || isLosslessNumber(value)) return value;
  if (Array.isArray(value)) return rewrittenItems(value, rewrite, elements);
  const members = value as Readonly<Record<string, unknown>>;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(members)) {
    const child = members[key];
    const next =
      elements.has(key) && typeof child === 'string' ? (rewrite(child) ?? child) : rewritten(child, rewrite, elements);
    if (next !== child) (copy ??= { ...members })[key] = next;
  }
  return copy ?? members;
}

/**
 * A resource with other texts in its literal references (or the elements named): `rewrite` gives the new one or undefined to leave it.
 * The parts without one are those of the resource given, and so is the whole when there is nothing to rewrite.
 */
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
  if (resource.resourceType === 'Bundle') return resource;
  const ours = `${baseUrl}/`;
  return withReferences(resource, (reference) =>
    reference.startsWith(ours) ? reference.slice(ours.length) : undefined,
  );
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
