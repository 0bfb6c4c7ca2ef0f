import type { Resource } from '@medplum/fhirtypes';

/** A reference found in a resource: its text and where it stands. */
export interface FoundReference {
  readonly reference: string;
  /** FHIRPath, for example `Observation.performer[0]`. */
  readonly expression: string;
}

type Visit = (holder: { reference: string }, expression: string) => void;

function walk(value: unknown, expression: string, visit: Visit): void {
  if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${expression}[${index}]`, visit));
  else if (value !== null && typeof value === 'object') {
    if ('reference' in value && typeof value.reference === 'string') visit(value as { reference: string }, expression);
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
  walk(resource, resource.resourceType, ({ reference }, expression) => found.push({ reference, expression }));
  return found;
}

/** Rewrites every literal reference in place: `rewrite` gives the new text or undefined to leave it. */
export function rewriteReferences(resource: Resource, rewrite: (reference: string) => string | undefined): void {
  walk(resource, resource.resourceType, (holder) => {
    const next = rewrite(holder.reference);
    if (next !== undefined) holder.reference = next;
  });
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
