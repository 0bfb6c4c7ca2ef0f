import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { parseFhirJson } from '../exact-json.js';
import { resourceOf } from '../stored-resource.js';
import { applyFhirPathPatch } from './fhirpath-patch.js';
import { applyJsonPatch } from './json-patch.js';
import { requireBody } from '../request-body.js';
import { cloneTree, copyBudget, isContainer } from './json-tree.js';

/** Media type of a JSON Patch (RFC 6902). */
export const JSON_PATCH = 'application/json-patch+json';

/** Forms of a patch, for `Accept-Patch` (RFC 5789) and the CapabilityStatement. */
export const PATCH_FORMATS: readonly string[] = [JSON_PATCH, 'application/fhir+json', 'application/fhir+xml'];

/** A patch as it was sent: the text of a JSON Patch, or a Parameters resource (FHIRPath Patch). */
export interface SentPatch {
  /** Text of the document of type `application/json-patch+json`. */
  readonly jsonPatch?: string;
  readonly body?: Resource | undefined;
}

/** What a patch may not touch: which resource it is, and what the server says of its version. */
function assertSame(before: Resource, after: Record<string, unknown>): void {
  const meta = after['meta'];
  const facts = isContainer(meta) && !Array.isArray(meta) ? meta : {};
  const same: Readonly<Record<string, boolean>> = {
    resourceType: after['resourceType'] === before.resourceType,
    id: after['id'] === before.id,
    'meta.versionId': facts['versionId'] === before.meta?.versionId,
    'meta.lastUpdated': facts['lastUpdated'] === before.meta?.lastUpdated,
  };
  const [changed] = Object.entries(same).find(([, kept]) => !kept) ?? [];
  if (changed !== undefined) throw fault('patch-protected', { element: changed }, `${before.resourceType}.${changed}`);
}

/**
 * The resource as a patch leaves it, not validated yet; numbers that the patch does not touch stay as written.
 * @throws ServiceError 400 for a body that is no patch, 422 for one that cannot be applied or that changes what only the
 *   server says (`patch-protected`)
 */
export function patched(stored: FoundResource, { jsonPatch, body }: SentPatch): Resource {
  const before = resourceOf(stored);
  const tree = resourceOf(stored);
  let after: unknown;
  if (jsonPatch !== undefined) after = applyJsonPatch(tree, parseFhirJson(jsonPatch).resource);
  // A copy, for its values become parts of the resource, and the patch may have to be applied again.
  else after = applyFhirPathPatch(tree, cloneTree(requireBody({ body }, 'Parameters'), copyBudget()) as Resource);
  if (!isContainer(after) || Array.isArray(after)) throw fault('patch-protected', { element: 'resourceType' });
  assertSame(before, after);
  return after as unknown as Resource;
}
