import { createHash } from 'node:crypto';
import { fault } from '../../errors.js';
import { auditDraft } from '../audit-draft.js';
import { stringifyFhir } from '../exact-json.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { projectResource } from '../project-resource.js';
import { readView } from '../read-view.js';
import { publishedOf } from './catalogue.js';
import { searchDefinitions } from './search-definitions.js';

/** A definition has no version id of its own: what it says is what tells two of them apart (RFC 9110, 8.8.3). */
const contentTag = (json: string): string =>
  `W/"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"`;

/**
 * Read and search of definitions: StructureDefinition, ValueSet, CodeSystem, ConceptMap, SearchParameter,
 * OperationDefinition, from memory (R4 http.html 3.1.0.1 and 3.1.0.9). Every canonical URL that the CapabilityStatement
 * names is found by `?url=`.
 * @throws ServiceError 404 `not-found`, 400 for a parameter that is not understood, 415 for parameters in a JSON body
 */
export async function conformance(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId } = request;
  if (resourceId === undefined) {
    if (request.body !== undefined) throw fault('search-body', { contentType: 'application/fhir+json' });
    const { body, ent } = searchDefinitions(context, type, request);
    await context.store.auditor.record(auditDraft(request, { act: 'E', sub: 'search-type', ent }));
    return { status: 200, headers: {}, body };
  }
  const view = readView(context, request);
  const found = publishedOf(context, type).find(({ id }) => id === resourceId);
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: 'read', ent: [`${type}/${resourceId}`], ...(found ? {} : { out: '4' }) }),
  );
  if (!found) throw fault('not-found', { type, id: resourceId });
  const json = stringifyFhir(found.resource);
  const body = view ? projectResource(context.definitions, type, json, view) : json;
  return { status: 200, headers: { ETag: contentTag(json) }, body };
}
