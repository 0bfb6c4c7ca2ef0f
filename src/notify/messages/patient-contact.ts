import type { ContactPoint, Organization, Patient, PatientContact, ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import type { Words } from '../../words.js';
import { COUNTRY, isIn, LANDLINE_RANGES, MOBILE_RANGES, NEVER_ABROAD } from './number-plan.js';

const DO_NOT_CONTACT = extensionUrl('do-not-contact');

/** True when the order or the person says that nobody is to be written to or called. */
export const isNotToBeContacted = ({ extension = [] }: Pick<Patient | ServiceRequest, 'extension'>): boolean =>
  extension.some(({ url, valueBoolean }) => url === DO_NOT_CONTACT && valueBoolean === true);

/** Why a number gets no message: a code that is recorded, its words are for the clinic. */
export const NO_NUMBER = {
  'no-number': { es: 'no hay teléfono anotado', en: 'no telephone is noted' },
  'number-landline': { es: 'el teléfono es fijo', en: 'the telephone is a landline' },
  'number-abroad': { es: 'el número es de otro país', en: 'the number is of another country' },
  'number-premium': { es: 'el número tiene tarifa especial', en: 'the number is charged extra' },
  'number-unreadable': { es: 'el número no se entiende', en: 'the number cannot be understood' },
  'number-of-contact': {
    es: 'el teléfono es de un familiar y la persona no pidió que se le escriba',
    en: "the telephone is a relative's and the person did not ask for messages there",
  },
} as const satisfies Record<string, Words>;

export type NoNumber = keyof typeof NO_NUMBER;

/** A number for messages as E.164, or why there is none. */
export type FoundNumber = { readonly number: string } | { readonly why: NoNumber };

/** Where messages may go. */
export interface NumberRules {
  /** Numbers of other countries too. */
  readonly abroad: boolean;
}

/** A written number as one for messages (ranges: `number-plan.ts`); eight digits are Honduran. */
export function mobileNumber(text: string, { abroad }: NumberRules): FoundNumber {
  const digits = text.replace(/[^\d+]/g, '');
  const international = /^(?:\+|00)([1-9]\d{7,14})$/.exec(digits)?.[1];
  const number = international ?? (digits.length === 8 ? COUNTRY + digits : digits);
  if (/^504\d{8}$/.test(number)) {
    const own = Number(number.slice(COUNTRY.length));
    if (isIn(MOBILE_RANGES, own)) return { number: `+${number}` };
    return { why: isIn(LANDLINE_RANGES, own) ? 'number-landline' : 'number-unreadable' };
  }
  if (international === undefined || international.startsWith(COUNTRY)) return { why: 'number-unreadable' };
  if (NEVER_ABROAD.some((prefix) => international.startsWith(prefix))) return { why: 'number-premium' };
  return abroad ? { number: `+${international}` } : { why: 'number-abroad' };
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

const FOR_MESSAGES = extensionUrl('contact-for-messages');
const ABROAD = extensionUrl('sms-abroad');

/** True when a facility lets messages go to numbers of other countries. */
export const allowsAbroad = (facility: Pick<Organization, 'extension'> | undefined): boolean =>
  (facility?.extension ?? []).some(({ url, valueBoolean }) => url === ABROAD && valueBoolean === true);

/** Somebody who is to be called is not the patient: written to only where the person asked for it. */
const isForMessages = ({ extension = [] }: PatientContact): boolean =>
  extension.some(({ url, valueBoolean }) => url === FOR_MESSAGES && valueBoolean === true);

/**
 * Number for short messages: the person's own, else one of those the person asked to be written to. Without one, the reason
 * of the number that would have come first.
 */
export function smsNumber({ telecom = [], contact = [] }: Patient, now: Date, rules: NumberRules): FoundNumber {
  const asked = contact.filter(isForMessages);
  const written = [telecom, ...asked.map((one) => one.telecom ?? [])].flatMap((points) =>
    own(points, ['sms', 'phone'], now),
  );
  const found = written.map((text) => mobileNumber(text, rules));
  const others = contact.some((one) => own(one.telecom ?? [], ['sms', 'phone'], now).length > 0);
  return found.find((one) => 'number' in one) ?? found[0] ?? { why: others ? 'number-of-contact' : 'no-number' };
}

/** Address for mails; undefined when there is none. */
export const mailAddress = (telecom: readonly ContactPoint[], now: Date): string | undefined =>
  own(telecom, ['email'], now)[0];

/** Language of messages: English for people who prefer it, else Spanish. */
export function messageLanguage({ communication = [] }: Patient): 'es' | 'en' {
  const preferred = communication.find((one) => one.preferred) ?? communication[0];
  return preferred?.language.coding?.some(({ code }) => /^en\b/.test(code ?? '')) ? 'en' : 'es';
}
