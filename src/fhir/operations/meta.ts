import type { Coding, Meta, Parameters, Resource } from '@medplum/fhirtypes';
import { fault, isServiceError } from '../../errors.js';
import { etag, resourceAnswer, versionHeaders } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { parseFhirJson } from '../exact-json.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { supports } from '../interaction-table.js';
import { isAny } from '../interactions/expected-version.js';
import { update } from '../interactions/update.js';
import { loadVisible } from '../load-visible.js';
import type { Operation } from '../operation.js';
import { resourceOf } from '../stored-resource.js';
import { operationRows } from './operation-rows.js';
import { badInput, readInput } from './read-input.js';

const DEFINITION = 'http://hl7.org/fhir/OperationDefinition/Resource-';
/** How often a change without If-Match is tried again when others write the same resource. */
const TRIES = 5;

type Change = (lists: { readonly tag: readonly Coding[]; readonly profile: readonly string[] }, given: Meta) => Meta;

const sameTag = (a: Coding, b: Coding): boolean => a.system === b.system && a.code === b.code;

/** Adds what is not there yet (R4 resource-operation-meta-add: the union). */
const add: Change = ({ tag, profile }, given) => ({
  tag: [...tag, ...(given.tag ?? []).filter((one) => !tag.some((known) => sameTag(known, one)))],
  profile: [...new Set([...profile, ...(given.profile ?? [])])],
});

/** Takes away what is there (R4 resource-operation-meta-delete); what is not is no error. */
const remove: Change = ({ tag, profile }, given) => ({
  tag: tag.filter((one) => !(given.tag ?? []).some((gone) => sameTag(gone, one))),
  profile: profile.filter((one) => !(given.profile ?? []).includes(one)),
});

const answer = (meta: Meta | undefined, headers: Record<string, string>): FhirResponse => {
  const body: Parameters = { resourceType: 'Parameters', parameter: [{ name: 'return', valueMeta: meta ?? {} }] };
  return resourceAnswer(200, body, headers);
};

async function readMeta(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  readInput(request, []);
  const stored = await loadVisible(context, request, type, resourceId);
  const pt = stored.pt === undefined ? [] : [stored.pt];
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: '$meta', pt, ent: [`${type}/${resourceId}`] }),
  );
  return answer(resourceOf(stored).meta, versionHeaders(stored));
}

function givenMeta(request: FhirRequest): Meta {
  const meta: unknown = readInput(request, ['meta']).part('meta')?.valueMeta;
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) throw badInput('meta', 'valueMeta');
  const { tag, profile, security } = meta as Meta;
  // Labels decide who may see a record: they are set where it is written, under the rules of writing.
  if (security !== undefined) throw fault('label-kept', {}, 'Parameters.parameter[0].valueMeta.security');
  for (const list of [tag, profile])
    if (list !== undefined && !Array.isArray(list)) throw badInput('meta', 'tag, profile');
  if (tag?.some((one: Coding | null) => typeof one !== 'object' || one === null)) throw badInput('meta', 'tag');
  return meta;
}

/** The version that the client means; `*` is any. */
const pinned = ({ ifMatch }: FhirRequest): string | undefined =>
  ifMatch !== undefined && isAny(ifMatch) ? undefined : ifMatch;

async function attempt(context: FhirContext, request: FhirRequest, change: Change, given: Meta): Promise<FhirResponse> {
  const { type = '', resourceId = '' } = request;
  const stored = await loadVisible(context, request, type, resourceId);
  const resource: Resource = resourceOf(stored);
  const { tag = [], profile = [], ...kept } = resource.meta ?? {};
  const lists = change({ tag, profile }, given);
  const meta: Meta = {
    ...kept,
    ...(lists.profile?.length ? { profile: lists.profile } : {}),
    ...(lists.tag?.length ? { tag: lists.tag } : {}),
  };
  const { body = '', headers } = await update(context, {
    ...request,
    prefer: 'return=representation',
    // Any version: this one, which the change was made from.
    ifMatch: pinned(request) ?? etag(stored.vid),
    body: { ...resource, meta },
  });
  return answer((parseFhirJson(body).resource as Resource).meta, { ...headers });
}

const changeMeta =
  (change: Change) =>
  async (context: FhirContext, request: FhirRequest): Promise<FhirResponse> => {
    const given = givenMeta(request);
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(context, request, change, given);
      } catch (error) {
        const raced = isServiceError(error) && error.code === 'version-conflict' && pinned(request) === undefined;
        if (!raced || tries === TRIES) throw error;
      }
    }
  };

/**
 * `$meta`, `$meta-add` and `$meta-delete` of each type (https://hl7.org/fhir/R4/resource-operations.html): tags and profiles
 * of an instance. A change is an update like any other: a new version, the same rules of writing, If-Match taken.
 * Security labels are shown, not changed: 403 `label-kept`.
 * @param types served resource types
 */
export const metaOperations = (types: readonly string[]): readonly Operation[] =>
  types
    // Audit records are not kept as resources, and have no tags.
    .filter((type) => supports(type, 'vread'))
    .flatMap((type): readonly Operation[] => {
      const shared = { type, level: 'instance' } as const;
      const reads = operationRows(
        {
          name: 'meta',
          definition: `${DEFINITION}meta`,
          type,
          affectsState: false,
          purpose: 'Las etiquetas y perfiles de un recurso.',
          handle: readMeta,
        },
        ['instance'],
      );
      const write = (name: string, purpose: string, change: Change): Operation => ({
        ...shared,
        name,
        definition: `${DEFINITION}${name}`,
        method: 'POST',
        affectsState: true,
        ownRow: true,
        purpose,
        handle: changeMeta(change),
      });
      if (!supports(type, 'update')) return reads;
      return [
        ...reads,
        write('meta-add', 'Agrega etiquetas y perfiles a un recurso.', add),
        write('meta-delete', 'Quita etiquetas y perfiles de un recurso.', remove),
      ];
    });
