import { randomUUID } from 'node:crypto';
import type { Bundle, Parameters, Subscription } from '@medplum/fhirtypes';
import { canSee } from '../../access/policy/visibility.js';
import { operationUrl } from '../../config/canonical.js';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { operationRows } from '../../fhir/operations/operation-rows.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import { statusParameters } from './notification-bundle.js';
import { subscriptionKey } from './sign.js';
import { findSubscriber } from './subscribers.js';
import { TOPICS } from './topics.js';

async function audited(context: FhirContext, request: FhirRequest): Promise<FoundResource> {
  const { resourceId = '', operation = '' } = request;
  readInput(request, []);
  const stored = await loadVisible(context, request, 'Subscription', resourceId);
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: `$${operation}`, ent: [`Subscription/${resourceId}`] }),
  );
  return stored;
}

/** How a Subscription stands. */
async function standing({ store, baseUrl }: FhirContext, stored: FoundResource): Promise<Parameters> {
  const subscriber = await findSubscriber(store, stored._id);
  const { criteria, status: now, error } = resourceOf<Subscription>(stored);
  return statusParameters({
    url: `${baseUrl}/Subscription/${stored._id}`,
    topic: TOPICS.find(({ url }) => url === criteria)?.url,
    status: now,
    type: 'query-status',
    events: subscriber?.events ?? 0,
    error,
  });
}

/** Answer of `$status`: one entry for each Subscription (backport-subscription-status, at both levels). */
async function statusAnswer(context: FhirContext, found: readonly FoundResource[]): Promise<FhirResponse> {
  const rows = await Promise.all(found.map((stored) => standing(context, stored)));
  const bundle: Bundle = {
    resourceType: 'Bundle',
    id: randomUUID(),
    type: 'searchset',
    total: rows.length,
    ...(rows.length > 0
      ? {
          entry: rows.map((resource) => ({
            fullUrl: `urn:uuid:${resource.id ?? ''}`,
            resource,
            search: { mode: 'match' as const },
          })),
        }
      : {}),
  };
  return resourceAnswer(200, bundle);
}

const status = async (context: FhirContext, request: FhirRequest): Promise<FhirResponse> =>
  statusAnswer(context, [await audited(context, request)]);

/** A facility has a handful of Subscriptions. */
const MOST = 200;

/** Subscriptions that are asked for by `id`, else all of the caller's own facility. */
async function askedFor({ store }: FhirContext, { caller }: FhirRequest, ids: readonly string[]) {
  if (ids.length > 0) return store.readMany('Subscription', [...new Set(ids)]);
  const own = caller.facility === undefined ? {} : { own: caller.facility };
  return store.find('Subscription', own, { limit: MOST });
}

/**
 * `Subscription/$status`: `id` any number of times (none: all that the caller may see), `status` narrows. What is unknown, or not
 * the caller's to see, has no entry.
 */
async function statuses(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { caller } = request;
  const input = readInput(request, ['id', 'status']);
  const [ids, wanted] = [input.texts('id'), input.texts('status')];
  if (ids.length > MOST) throw fault('too-costly', { advice: `id > ${MOST}` });
  const seen: FoundResource[] = [];
  for (const stored of await askedFor(context, request, ids)) {
    if (stored.del || !(await canSee(context.store, caller, 'Subscription', stored))) continue;
    const { status: now } = resourceOf<Subscription>(stored);
    if (wanted.length === 0 || wanted.includes(now)) seen.push(stored);
  }
  const ent = seen.map(({ _id }) => `Subscription/${_id}`);
  await context.store.auditor.record(auditDraft(request, { act: 'R', sub: '$status', ent }));
  return statusAnswer(context, seen);
}

async function signingKey(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const stored = await audited(context, request);
  const { caller } = request;
  // Whoever has the key can pretend to be us towards the subscriber.
  if (stored.own !== caller.facility) throw fault('custodian-only', { type: 'Subscription', id: stored._id });
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'algorithm', valueString: 'HMAC-SHA256' },
      { name: 'key', valueString: subscriptionKey(context, stored._id) },
    ],
  };
  return resourceAnswer(200, body);
}

const STATUS = {
  name: 'status',
  definition: 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status',
  type: 'Subscription',
  affectsState: false,
  purpose: 'El estado de una suscripción, o de varias, y el número de su último evento.',
} as const;

/** Operations on a Subscription: how it stands (Subscriptions R5 Backport), and the key of its signatures. */
export const subscriptionOperations: readonly Operation[] = [
  ...operationRows({ ...STATUS, handle: status }, ['instance']),
  ...operationRows({ ...STATUS, handle: statuses }, ['type']),
  {
    name: 'signing-key',
    definition: operationUrl('signing-key'),
    type: 'Subscription',
    level: 'instance',
    method: 'GET',
    affectsState: false,
    purpose: 'La clave con que se firman las notificaciones de una suscripción.',
    handle: signingKey,
  },
];
