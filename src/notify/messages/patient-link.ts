import type { Patient, ServiceRequest } from '@medplum/fhirtypes';
import { paperCodeOf } from '../../referral/paper-code.js';
import type { ReferralState } from '../../referral/states.js';
import { whatsappLink } from '../channels/whatsapp-link.js';
import { MESSAGES } from './message-table.js';
import { messageText, tellsVisit } from './message-text.js';
import { isNotToBeContacted, messageLanguage, smsNumber } from './patient-contact.js';

/** What is known of a referral when a person wants to tell the patient how it stands. */
export interface TellableReferral {
  readonly state: ReferralState;
  readonly order: ServiceRequest;
  readonly patient: Patient;
  readonly hospital?: string | undefined;
  readonly visit?: string | undefined;
  /** The visit is by telephone or video. */
  readonly remote: boolean;
  readonly now: Date;
}

/** A message that a person sends by hand. */
export interface PatientLink {
  readonly text: string;
  readonly href: string;
}

/**
 * Link that opens WhatsApp with the message of the state written. Undefined where the patient is not told: nothing to say, no
 * mobile number, do not contact, died, a visit that is over.
 */
export function patientLink(referral: TellableReferral): PatientLink | undefined {
  const { state, order, patient, hospital, visit, remote, now } = referral;
  const rule = MESSAGES[state].find(({ tell, moves }) => tell === 'patient' && moves === undefined);
  const number = smsNumber(patient, now);
  if (!rule || !('text' in rule) || number === undefined) return undefined;
  if (isNotToBeContacted(patient) || isNotToBeContacted(order)) return undefined;
  if (patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined) return undefined;
  if (tellsVisit(rule.text) && (visit === undefined || Date.parse(visit) < now.getTime())) return undefined;
  const facts = {
    hospital,
    visit,
    remote,
    sensitive: (order.meta?.security ?? []).length > 0,
    paperCode: paperCodeOf(order),
  };
  const text = messageText(rule.text, facts, messageLanguage(patient));
  return { text, href: whatsappLink(number, text) };
}
