import { ServiceError, fault } from '../../errors.js';
import { warningOutcome } from '../../fhir/create-warnings.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { askMove, chooseEdge } from '../ask-move.js';
import { handoverWarnings } from '../emergency/handover-gaps.js';
import { allergiesOf } from '../known-allergies.js';
import { operationUrl, whenRaced } from '../move-operation.js';
import { sendReferral, sendingConditions, sentAnswer } from '../send-referral.js';
import { sentOrder } from '../sent-order.js';

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const asked = await askMove(context, request, 'submit');
  const { referral, acting, findings } = asked;
  const edge = await chooseEdge(asked, sendingConditions(referral.resource));
  if (findings.length > 0) throw new ServiceError(findings);
  const { origin } = referral.sides;
  if (origin === undefined) throw fault('element-required', { element: 'requester' }, 'ServiceRequest.requester');
  const builder = new WriteBuilder(context, request);
  const allergies = await allergiesOf(context.store, referral.stored.pt);
  const order = builder.update(
    referral.stored,
    await sentOrder(context.store, referral.resource, allergies, builder.now),
  );
  const sent = await sendReferral({ builder, request, acting, edge, origin, order });
  const outcome = warningOutcome([], { notes: handoverWarnings(sent.order) });
  await builder.commit().catch((error: unknown) => {
    throw whenRaced(error);
  });
  return sentAnswer(200, { ...sent, ...(outcome ? { outcome } : {}) }, context.baseUrl);
}

/** `ServiceRequest/{id}/$submit`: sends a draft that is already on the server. */
export const submitDraft: Operation = {
  name: 'submit',
  definition: operationUrl('submit'),
  level: 'instance',
  type: 'ServiceRequest',
  method: 'POST',
  affectsState: true,
  purpose: 'Envía una referencia que estaba en borrador.',
  handle,
};
