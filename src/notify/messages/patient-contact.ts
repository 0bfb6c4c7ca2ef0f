import type { ContactPoint, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';

const DO_NOT_CONTACT = extensionUrl('do-not-contact');

/** True when the order or the person says that nobody is to be written to or called. */
export const isNotToBeContacted = ({ extension = [] }: Pick<Patient | ServiceRequest, 'extension'>): boolean =>
  extension.some(({ url, valueBoolean }) => url === DO_NOT_CONTACT && valueBoolean === true);

/** Honduras. */
const COUNTRY = '504';

/**
 * A number as E.164, for a short message: eight digits are Honduran, and those that start with 2 are landlines (Conatel's
 * numbering plan), which get no messages. Undefined for what cannot be one.
 */
export function mobileNumber(text: string): string | undefined {
  const digits = text.replace(/[^\d+]/g, '');
  const foreign = /^(?:\+|00)([1-9]\d{7,14})$/.exec(digits)?.[1];
  const number = foreign ?? (digits.length === 8 ? COUNTRY + digits : digits);
  if (number.startsWith(COUNTRY)) return /^504[3789]\d{7}$/.test(number) ? `+${number}` : undefined;
  return foreign === undefined ? undefined : `+${foreign}`;
}

const inForce = ({ use, period }: ContactPoint, now: Date): boolean =>
  use !== 'old' && (period?.end === undefined || Date.parse(period.end) >= now.getTime());

/** The lower, the sooner: mobiles before the telephone of the house, then the person's own order. */
const order = ({ system, use, rank = 9 }: ContactPoint): number =>
  (system === 'sms' || use === 'mobile' ? 0 : 100) + rank;

const own = (points: readonly ContactPoint[], systems: readonly ContactPoint['system'][], now: Date): string[] =>
  points
    .filter((point) => systems.includes(point.system) && inForce(point, now))
    .sort((a, b) => order(a) - order(b))
    .flatMap(({ value }) => value ?? []);

/** The person's own contacts, then those of the people to be called for her. */
const reachable = ({ telecom = [], contact = [] }: Patient): readonly (readonly ContactPoint[])[] => [
  telecom,
  ...contact.map((one) => one.telecom ?? []),
];

/** Number for short messages, E.164; undefined when there is none. */
export const smsNumber = (patient: Patient, now: Date): string | undefined =>
  reachable(patient)
    .flatMap((points) => own(points, ['sms', 'phone'], now))
    .map(mobileNumber)
    .find((number) => number !== undefined);

/** Address for mails; undefined when there is none. */
export const mailAddress = (telecom: readonly ContactPoint[], now: Date): string | undefined =>
  own(telecom, ['email'], now)[0];

/** Language of messages: English for people who prefer it, else Spanish. */
export function messageLanguage({ communication = [] }: Patient): 'es' | 'en' {
  const preferred = communication.find((one) => one.preferred) ?? communication[0];
  return preferred?.language.coding?.some(({ code }) => /^en\b/.test(code ?? '')) ? 'en' : 'es';
}
