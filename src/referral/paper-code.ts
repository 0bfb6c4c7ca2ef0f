import type { ServiceRequest } from '@medplum/fhirtypes';
import { newShortCode, pinOf } from '../access/short-code.js';
import { SID } from '../config/canonical.js';

export { wholeBirthDate } from '../access/sheet-proof.js';

/**
 * The code on the sheet of a referral, with which its holder follows it without an account (design.md 3a.11). Made when the
 * referral is sent; undefined while it is a draft. Print it with `shortCodeText` (src/access/short-code.ts).
 */
export const paperCodeOf = ({ identifier = [] }: Pick<ServiceRequest, 'identifier'>): string | undefined =>
  identifier.find(({ system }) => system === SID.seguimiento)?.value;

/** Identifiers of an order with a fresh paper code; one that a client wrote is thrown away. */
export const withPaperCode = (identifiers: NonNullable<ServiceRequest['identifier']>): typeof identifiers => [
  ...identifiers.filter(({ system }) => system !== SID.seguimiento),
  { system: SID.seguimiento, value: newShortCode() },
];

/**
 * PIN to print beside a code, six digits; it counts only for people without a known birth date (`wholeBirthDate`).
 * @param secret `FhirContext.paperSecret`
 */
export const paperPin = pinOf;
