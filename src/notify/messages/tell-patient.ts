import type { Organization, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { isAdviceRequest } from '../../referral/advice-request.js';
import { facilityWords } from '../../referral/facility-words.js';
import { paperCodeOf } from '../../referral/paper-code.js';
import type { ReferralState } from '../../referral/states.js';
import { whatsappLink } from '../channels/whatsapp-link.js';
import { MESSAGES } from './message-table.js';
import { messageText, phoneOf, tellsVisit } from './message-text.js';
import { allowsAbroad, isNotToBeContacted, messageLanguage, type NoNumber, smsNumber } from './patient-contact.js';

/** What is known of a referral when a person wants to tell the patient how it stands. */
export interface TellableReferral {
  readonly state: ReferralState;
  readonly order: ServiceRequest;
  readonly patient: Patient;
  readonly hospital?: Pick<Organization, 'name' | 'type' | 'telecom'> | undefined;
  /** The health centre that sent the referral. */
  readonly origin?: Pick<Organization, 'telecom' | 'extension'> | undefined;
  /** No health centre sent the person. */
  readonly own?: boolean;
  readonly visit?: string | undefined;
  /** The visit is by telephone or video. */
  readonly remote: boolean;
  readonly now: Date;
}

/** How the patient can be told: a message that a person sends by hand, and why the service sends none. */
export interface TellPatient {
  readonly text: string;
  /** Opens WhatsApp with the message written; absent where there is no mobile number. */
  readonly href?: string;
  /** Why no short message leaves. */
  readonly noPhone?: NoNumber;
}

/**
 * What the patient is told in the state, and by which way. Undefined where the patient is not told: nothing to say, do not
 * contact, died, a visit that is over. A message by hand costs nothing more abroad: only short messages are held back there.
 */
export function tellPatient(referral: TellableReferral): TellPatient | undefined {
  const { state, order, patient, hospital, origin, own = false, visit, remote, now } = referral;
  const rule = MESSAGES[state].find(({ tell, moves }) => tell === 'patient' && moves === undefined);
  if (!rule || !('text' in rule)) return undefined;
  if (isNotToBeContacted(patient) || isNotToBeContacted(order)) return undefined;
  if (patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined) return undefined;
  // Whoever never had a visit to miss was on the way in a transfer.
  const key = state === 'no-show' && visit === undefined ? 'notArrived' : rule.text;
  if (tellsVisit(key) && (visit === undefined || Date.parse(visit) < now.getTime())) return undefined;
  const facts = {
    hospital: hospital?.name,
    kind: facilityWords(hospital),
    phone: phoneOf(hospital),
    originPhone: phoneOf(origin),
    advice: isAdviceRequest(order),
    visit,
    remote,
    own,
    sensitive: (order.meta?.security ?? []).length > 0,
    paperCode: paperCodeOf(order),
  };
  const text = messageText(key, facts, messageLanguage(patient));
  const byHand = smsNumber(patient, now, { abroad: true });
  const bySms = smsNumber(patient, now, { abroad: allowsAbroad(origin) });
  return {
    text,
    ...('number' in byHand ? { href: whatsappLink(byHand.number, text) } : {}),
    ...('why' in bySms ? { noPhone: bySms.why } : {}),
  };
}
