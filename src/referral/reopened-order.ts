import type { ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../config/canonical.js';
import { EDGES } from './edges.js';
import type { Party } from './parties.js';
import type { ReferralState } from './states.js';

/** What belongs to the one sending: how it ended, why it was reopened itself, how the person came and was handed over that day. */
const OWN = ['status-reason', 'reopening', 'after-the-fact', 'handover'].map(extensionUrl);

/** True where the table lets one of these parties write a new referral in the place of an ended one (transition 34). */
export const mayReopen = (state: ReferralState, parties: readonly Party[]): boolean =>
  EDGES.some(
    ({ from, newReferral, by }) => newReferral && from === state && by.some((party) => parties.includes(party)),
  );

/**
 * An emergency is over with its day: what goes on of it is urgent and goes to the outpatient clinic, with a question, which an
 * emergency need not have. Whoever is in danger again gets a new referral, with a handover of its own.
 */
function afterEmergency(order: ServiceRequest, reason: string): ServiceRequest {
  if (order.priority !== 'stat') return order;
  const [care, question] = ['care-requested', 'clinical-question'].map(extensionUrl);
  const extension = (order.extension ?? []).filter(({ url }) => url !== care);
  const clinic = { coding: [{ system: codeSystemUrl('care-requested'), code: 'consulta-externa' }] };
  return {
    ...order,
    priority: 'urgent',
    extension: [
      ...extension,
      { url: care!, valueCodeableConcept: clinic },
      ...(extension.some(({ url }) => url === question) ? [] : [{ url: question!, valueString: reason }]),
    ],
  };
}

interface Reopening {
  /** Why it is reopened. */
  readonly reason: string;
  /** `PractitionerRole/id` of who writes it. */
  readonly author: string;
  /** Number that the origin gives to the new referral. */
  readonly placer: string;
  /** `YYYY-MM-DDThh:mm:ss-06:00`. */
  readonly written: string;
}

/**
 * A new referral, as a draft, that takes the place of an ended one: the same person, service and reasons, a number and a
 * date of its own, and why (profile `referencia`); urgent when it was an emergency. Keeping the earlier date needs a manager and is asked over FHIR.
 */
export function reopenedOrder(
  ended: ServiceRequest & { readonly id: string },
  { reason, author, placer, written }: Reopening,
): ServiceRequest {
  const { id, meta: _meta, text: _text, identifier: _numbers, requisition: _group, basedOn: _before, ...kept } = ended;
  const next: ServiceRequest = {
    ...kept,
    status: 'draft',
    identifier: [{ system: SID.placer, value: placer }],
    extension: [
      ...(kept.extension ?? []).filter(({ url }) => !OWN.includes(url)),
      { url: extensionUrl('reopening'), extension: [{ url: 'reason', valueString: reason }] },
    ],
    replaces: [{ reference: `ServiceRequest/${id}` }],
    authoredOn: written,
    requester: { reference: author },
  };
  return afterEmergency(next, reason);
}
