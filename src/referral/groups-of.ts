import type { Condition, Observation, Patient } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../config/code-systems.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { Group } from './leave-list-rules.js';
import { yearsOf } from './years-of.js';

const DAY_MS = 24 * 3_600_000;
const ADULT_YEARS = 18;
/** A pregnancy ends 44 weeks after the last menstruation at the latest. */
const PREGNANCY_DAYS = 44 * 7;
/** More of these on one record are somebody's mistake. */
const MOST = 500;

/** LOINC codes of form HC-10: last menstruation, expected delivery. */
const LAST_MENSTRUATION = '8665-2';
const EXPECTED_DELIVERY = '11778-8';
/** CIE-10: pregnancy, childbirth and puerperium, and the codes of a normal or supervised pregnancy. */
const PREGNANCY = /^(O\d\d|Z3[345])/;

/** Minor by birth date, by estimated age when there is none; not when neither is known. */
const isMinor = (patient: Patient, now: Date): boolean => (yearsOf(patient, now) ?? ADULT_YEARS) < ADULT_YEARS;

const isOngoing = ({ clinicalStatus, verificationStatus }: Condition): boolean =>
  !['inactive', 'remission', 'resolved'].includes(clinicalStatus?.coding?.[0]?.code ?? '') &&
  !['refuted', 'entered-in-error'].includes(verificationStatus?.coding?.[0]?.code ?? '');

/** True for a diagnosis of pregnancy that goes on. */
export const saysPregnancy = (condition: Condition): boolean =>
  isOngoing(condition) &&
  (condition.code?.coding ?? []).some(({ system, code = '' }) => system === CODE_SYSTEMS.icd10 && PREGNANCY.test(code));

async function datesOf(context: FhirContext, patient: string, code: string): Promise<number[]> {
  const filter = { pt: patient, 's.tok': `code|${CODE_SYSTEMS.loinc}|${code}` };
  const found = await context.store.find('Observation', filter, { limit: MOST });
  return found.flatMap((stored) => {
    const { valueDateTime, status } = resourceOf<Observation>(stored);
    return valueDateTime === undefined || status === 'entered-in-error' ? [] : [Date.parse(valueDateTime)];
  });
}

/** Pregnant by a diagnosis that goes on, or by the dates of the form. */
async function isPregnant(context: FhirContext, patient: string, now: Date): Promise<boolean> {
  const conditions = await context.store.find('Condition', { pt: patient }, { limit: MOST });
  if (conditions.some((stored) => saysPregnancy(resourceOf<Condition>(stored)))) return true;
  const [menstruation, delivery] = await Promise.all([
    datesOf(context, patient, LAST_MENSTRUATION),
    datesOf(context, patient, EXPECTED_DELIVERY),
  ]);
  return (
    menstruation.some((date) => (now.getTime() - date) / DAY_MS < PREGNANCY_DAYS) ||
    delivery.some((date) => date > now.getTime() - DAY_MS)
  );
}

/** Groups of a person who must be looked for before leaving a list. @param patient id */
export async function groupsOf(context: FhirContext, patient: string, now: Date): Promise<readonly Group[]> {
  const stored = await context.store.read('Patient', patient);
  if (!stored || stored.del) return [];
  const pregnant = await isPregnant(context, patient, now);
  return [
    ...(isMinor(resourceOf<Patient>(stored), now) ? (['minor'] as const) : []),
    ...(pregnant ? (['pregnant'] as const) : []),
  ];
}
