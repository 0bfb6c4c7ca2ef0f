import { randomUUID } from 'node:crypto';
import type { Bundle, Parameters, Subscription } from '@medplum/fhirtypes';
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

async function status(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const stored = await audited(context, request);
  const subscriber = await findSubscriber(context.store, stored._id);
  const { criteria, status: now, error } = resourceOf<Subscription>(stored);
  const parameters = statusParameters({
    url: `${context.baseUrl}/Subscription/${stored._id}`,
    topic: TOPICS.find(({ url }) => url === criteria)?.url,
    status: now,
    type: 'query-status',
    events: subscriber?.events ?? 0,
    error,
  });
  const bundle: Bundle = {
    resourceType: 'Bundle',
    id: randomUUID(),
    type: 'searchset',
    total: 1,
    entry: [{ fullUrl: `urn:uuid:${parameters.id ?? ''}`, resource: parameters, search: { mode: 'match' } }],
  };
  return resourceAnswer(200, bundle);
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

/** Operations on a Subscription: how it stands (Subscriptions R5 Backport), and the key of its signatures. */
export const subscriptionOperations: readonly Operation[] = [
  ...operationRows(
    {
      name: 'status',
      definition: 'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status',
      type: 'Subscription',
      affectsState: false,
      purpose: 'El estado de una suscripción y el número de su último evento.',
      handle: status,
    },
    ['instance'],
  ),
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
