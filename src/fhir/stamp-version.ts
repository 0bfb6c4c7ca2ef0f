import type { Coding, Resource } from '@medplum/fhirtypes';
import { fault } from '../errors.js';

/** A resource that was served in part would take the rest away when it comes back (R4 resource.html, SUBSETTED). */
function refusePart({ meta, resourceType }: Resource): void {
  // Not validated yet.
  const tags: unknown = meta?.tag;
  if (!Array.isArray(tags) || !tags.some((tag: Coding | null) => tag?.code === 'SUBSETTED')) return;
  const words = {
    es: 'Es una versión abreviada; lea el recurso completo.',
    en: 'It is a part; read the whole resource.',
  };
  throw fault('rule-broken', words, `${resourceType}.meta.tag`);
}

/**
 * The resource as it becomes a version: with its id and what the server alone says in `meta` (R4 resource.html#Meta). Where it
 * came from (`meta.source`) the client says, like tags and profiles.
 * @throws ServiceError 422 `rule-broken` for a part of a resource
 */
export function stampVersion<T extends Resource>(
  resource: T,
  { id, version, at }: { readonly id: string; readonly version: number; readonly at: Date },
): T & { id: string } {
  refusePart(resource);
  const { versionId: _v, lastUpdated: _l, ...meta } = resource.meta ?? {};
  return { ...resource, id, meta: { ...meta, versionId: String(version), lastUpdated: at.toISOString() } } as T & {
    id: string;
  };
}
