import type { Communication } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { retryRaced } from '../../fhir/interactions/retry-raced.js';
import type { Operation } from '../../fhir/operation.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { addressedReferral } from '../load-referral.js';
import { unreadFilter } from '../messages/message.js';
import { operationUrl } from '../move-operation.js';

/** Messages of one referral that are read at once; more than anybody writes between two looks. */
const MOST_MESSAGES = 100;

async function markRead(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { referral } = await addressedReferral(context, request);
  const { facility } = request.caller;
  const { origin, destination, patient } = referral.sides;
  if (facility === undefined || (facility !== origin && facility !== destination))
    throw fault('facility-foreign', { element: `ServiceRequest/${referral.resource.id}` });
  const filter = unreadFilter(facility, [referral.resource.id]);
  const unread = await context.store.find('Communication', filter, { limit: MOST_MESSAGES });
  const about = { pt: patient === undefined ? [] : [patient], sub: '$read-messages' };
  const answer = resourceAnswer(200, {
    resourceType: 'Parameters',
    parameter: [{ name: 'count', valueInteger: unread.length }],
  });
  if (unread.length === 0) {
    const ent = [`ServiceRequest/${referral.resource.id}`];
    await context.store.auditor.record(auditDraft(request, { act: 'R', ...about, ent }));
    return answer;
  }
  const builder = new WriteBuilder(context, request);
  const received = builder.now.toISOString();
  for (const stored of unread)
    builder.update<Communication>(stored, { ...resourceOf<Communication>(stored), received });
  const ent = builder.writes.map(({ type, doc }) => `${type}/${doc._id}/_history/${doc.vid}`);
  builder.audit(auditDraft(request, { act: 'U', ...about, ent }));
  await builder.commit();
  return answer;
}

/**
 * `POST ServiceRequest/{id}/$read-messages`: the caller's facility has read what was written to it on this referral;
 * `Communication.received` then tells the sender when. Repeating it changes nothing. No If-Match: reading is no move.
 * Throws 403 `facility-foreign` for who is on neither side.
 */
export const readMessages: Operation = {
  name: 'read-messages',
  definition: operationUrl('read-messages'),
  level: 'instance',
  type: 'ServiceRequest',
  method: 'POST',
  affectsState: true,
  ownRow: true,
  purpose: 'El establecimiento ha leído los mensajes que le escribieron sobre la referencia; quien escribió ve cuándo.',
  handle: (context, request) => {
    readInput(request, []);
    return retryRaced(`ServiceRequest/${request.resourceId ?? ''}/$read-messages`, request, () =>
      markRead(context, request),
    );
  },
};
