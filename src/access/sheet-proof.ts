import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Patient } from '@medplum/fhirtypes';
import { pinOf } from './short-code.js';

/** What somebody shows beside the code of a printed sheet. */
export interface SheetProof {
  /** FHIR date. */
  readonly birthDate?: string | undefined;
  readonly pin?: string | undefined;
}

/** The birth date that must go with a code: a whole day. A year alone would be guessed. */
export const wholeBirthDate = ({ birthDate }: Pick<Patient, 'birthDate'>): string | undefined =>
  birthDate !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? birthDate : undefined;

/** Compares without telling by time how much was right. */
function same(secret: string, given: string | undefined, expected: string): boolean {
  const hash = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  return timingSafeEqual(hash(given ?? ''), hash(expected)) && given !== undefined;
}

/**
 * Does the proof go with the sheet? The birth date decides where one is known, else the printed PIN (design.md 3a.21).
 * @param secret `FhirContext.paperSecret`
 * @param known whole birth date of the person, when there is one
 */
export const provesSheet = (
  secret: string,
  { code, known }: { readonly code: string; readonly known: string | undefined },
  { birthDate, pin }: SheetProof,
): boolean => (known === undefined ? same(secret, pin, pinOf(secret, code)) : same(secret, birthDate, known));
