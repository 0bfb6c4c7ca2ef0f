import { randomUUID } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import { authorize, mayRead } from '../../access/policy/authorize.js';
import { canSee } from '../../access/policy/visibility.js';
import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { resourceAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { create } from '../interactions/create.js';
import { loadVisible } from '../load-visible.js';
import { localTarget, referencesOf } from '../references.js';
import { resourceOf } from '../stored-resource.js';
import { operationRows } from './operation-rows.js';
import { badInput, readInput } from './read-input.js';

/** Resources of one document at most. */
const MOST_ENTRIES = 200;

interface Item {
  readonly type: string;
  readonly stored: FoundResource;
}

/** What a composition refers to, each once, in its own order: all of it must be there and visible. */
async function referredBy(context: FhirContext, request: FhirRequest, composition: Item): Promise<readonly Item[]> {
  const { definitions, store, baseUrl } = context;
  const wanted = new Map<string, { type: string; id: string; expression: string }>();
  for (const { reference, expression } of referencesOf(resourceOf(composition.stored))) {
    const target = localTarget(reference, baseUrl);
    if (!target || !definitions.isResourceType(target.type)) continue;
    const name = `${target.type}/${target.id}`;
    if (!wanted.has(name)) wanted.set(name, { ...target, expression });
  }
  wanted.delete(`Composition/${composition.stored._id}`);
  if (wanted.size >= MOST_ENTRIES) throw fault('too-costly', { advice: `> ${MOST_ENTRIES}` });
  const types = [...new Set([...wanted.values()].map(({ type }) => type))];
  const rows = await Promise.all(
    types.map(async (type) => {
      const ids = [...wanted.values()].filter((one) => one.type === type).map(({ id }) => id);
      const found = mayRead(request.caller, type) ? await store.readMany(type, ids) : [];
      const seen = await Promise.all(
        found.map(async (one) => !one.del && (await canSee(store, request.caller, type, one))),
      );
      return found
        .filter((_, index) => seen[index])
        .map((stored) => [`${type}/${stored._id}`, { type, stored }] as const);
    }),
  );
  const known: ReadonlyMap<string, Item> = new Map(rows.flat());
  return [...wanted].map(([reference, { expression }]) => {
    const item = known.get(reference);
    // A document is whole or it is none (R4 documents.html): what is hidden looks like what is gone.
    if (!item) throw fault('reference-not-found', { reference }, expression);
    return item;
  });
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const input = readInput(request, ['persist', 'graph']);
  const persist = input.flag('persist') ?? false;
  if (input.text('graph') !== undefined) throw badInput('graph', '-');
  // Reading changes nothing (design.md 3a.4).
  if (persist && request.method === 'GET') throw badInput('persist', 'POST');
  if (persist) authorize(request.caller, 'create', 'Bundle');
  const { type = '', resourceId = '' } = request;
  const composition = { type, stored: await loadVisible(context, request, type, resourceId) };
  const items = [composition, ...(await referredBy(context, request, composition))];
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` },
    timestamp: new Date().toISOString(),
    entry: items.map((one) => ({
      fullUrl: `${context.baseUrl}/${one.type}/${one.stored._id}`,
      resource: resourceOf(one.stored),
    })),
  };
  const { pt } = composition.stored;
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$document',
      pt: pt === undefined ? [] : [pt],
      ent: items.map((one) => `${one.type}/${one.stored._id}`),
    }),
  );
  if (!persist) return resourceAnswer(200, bundle);
  const { resourceId: _composition, ifMatch: _version, ...rest } = request;
  return create(context, { ...rest, type: 'Bundle', query: [], body: bundle });
}

/**
 * Composition `$document` (https://hl7.org/fhir/R4/composition-operation-document.html): a document Bundle with the
 * composition first and all that it refers to here. With `persist=true` (POST) it is stored and answered like a create.
 * @throws ServiceError 404 for a hidden composition, 422 `reference-not-found` when a part is gone or hidden from the caller
 */
export const documentOperations = operationRows(
  {
    name: 'document',
    definition: 'http://hl7.org/fhir/OperationDefinition/Composition-document',
    type: 'Composition',
    affectsState: false,
    purpose: 'Arma un documento: la composición y todo lo que cita; con persist=true lo guarda.',
    handle,
  },
  ['instance'],
);
