import type { ServiceRequest } from '@medplum/fhirtypes';
import { type Finding, fault } from '../errors.js';
import type { AskedMove } from './ask-move.js';
import type { Move } from './move-operation.js';
import { PROFILES } from './vocabulary.js';

/** What of the first referral holds for the next one too. */
function startOf({ acting, referral: { resource, leg } }: Move): ServiceRequest {
  const requester = acting.who ?? leg.task.owner;
  return {
    resourceType: 'ServiceRequest',
    status: 'draft',
    intent: 'order',
    category: resource.category ?? [],
    priority: leg.task.priority ?? resource.priority ?? 'routine',
    subject: resource.subject,
    ...(requester ? { requester: requester as NonNullable<ServiceRequest['requester']> } : {}),
    ...(resource.performerType ? { performerType: resource.performerType } : {}),
    ...(resource.reasonCode ? { reasonCode: resource.reasonCode } : {}),
    ...(resource.reasonReference ? { reasonReference: resource.reasonReference } : {}),
    ...(resource.supportingInfo ? { supportingInfo: resource.supportingInfo } : {}),
    ...justification(resource),
  };
}

/** Why it cannot wait: asked of every priority but the ordinary one (rule hn-ref-7). */
const justification = ({ extension }: ServiceRequest): Pick<ServiceRequest, 'extension'> => {
  const kept = (extension ?? []).filter(({ url }) => url.endsWith('/urgency-justification'));
  return kept.length > 0 ? { extension: kept } : {};
};

const given = ({ values }: Pick<AskedMove, 'values'>): ServiceRequest | undefined => {
  const resource = values.resource('onward');
  return resource?.resourceType === 'ServiceRequest' ? resource : undefined;
};

/** A referral that goes with an answer must be of the same patient; it is written as a draft. */
export function checkOnward(asked: AskedMove, isOnward: boolean): Finding[] {
  const order = given(asked);
  if (!order) return [];
  const finding = (es: string, en: string): Finding => ({
    code: 'rule-broken',
    params: { es, en },
    expression: 'onward',
  });
  const { subject } = asked.referral.resource;
  return [
    ...(isOnward
      ? []
      : [finding('«onward» va solo con el destino «onward».', '"onward" goes with the disposition "onward" only.')]),
    ...(order.subject.reference === undefined || order.subject.reference === subject.reference
      ? []
      : [finding('La referencia nueva debe ser del mismo paciente.', 'The new referral must be of the same patient.')]),
  ];
}

/**
 * Writes the referral that follows from an answer "referred onward": a draft of the destination, based on the first referral.
 * What the author gave of it stands; the rest comes from the first one. It is completed and sent like any other draft.
 */
export function addOnward(move: Move): ServiceRequest & { id: string } {
  const { builder, referral } = move;
  const { destination, patient } = referral.sides;
  if (destination === undefined) throw fault('element-required', { element: 'owner' }, 'Task.owner');
  const { id: _id, meta: _meta, ...own } = given(move) ?? ({} as Partial<ServiceRequest>);
  const first = { reference: `ServiceRequest/${referral.resource.id}` };
  const start = startOf(move);
  const others = (own.basedOn ?? []).filter(({ reference }) => reference !== first.reference);
  return builder.create<ServiceRequest>(
    {
      ...start,
      ...own,
      meta: { profile: [PROFILES.referral] },
      status: 'draft',
      subject: start.subject,
      ...(start.requester ? { requester: start.requester } : {}),
      basedOn: [first, ...others],
    },
    { own: destination, ...(patient === undefined ? {} : { patient }) },
  );
}
