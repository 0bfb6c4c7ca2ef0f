import type { Immunization, Patient } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { dateIn } from '../config/honduras-time.js';
import { type ScheduledVaccine, VACCINE_SCHEDULE } from './catalogue/vaccine-schedule.js';

const DAY_MS = 86_400_000;
/** Days after the due age before a dose is called overdue: the appointment of the month counts as in time. */
const GRACE_DAYS = 30;
/** The schedule of childhood is complete at this age, days. */
const CHILD_DAYS = Math.round(5 * 365.25);

/** A dose that should have been given. */
export interface OverdueDose {
  readonly vaccine: ScheduledVaccine;
  /** Number of the dose in its series. */
  readonly dose: number;
  /** Day on which it was due, `YYYY-MM-DD`. */
  readonly due: string;
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Is this a dose of that vaccine, by the guide's code or by CVX? */
export const isDoseOf = (
  { code, cvx }: ScheduledVaccine,
  { vaccineCode }: Pick<Immunization, 'vaccineCode'>,
): boolean =>
  (vaccineCode.coding ?? []).some(
    (coding) =>
      (coding.system === codeSystemUrl('vacuna') && coding.code === code) ||
      (coding.system === VACCINE_SCHEDULE.cvx && coding.code === cvx),
  );

/**
 * Doses of the national schedule that a child under five should have and the record does not show, earliest first; none
 * for older people and when the birth date is not known to the day. Doses to be confirmed are left out.
 * @param given every immunization on record; those not done or entered in error do not count
 */
export function overdueDoses(
  { birthDate, gender }: Pick<Patient, 'birthDate' | 'gender'>,
  given: readonly Pick<Immunization, 'status' | 'vaccineCode' | 'protocolApplied'>[],
  at = new Date(),
): readonly OverdueDose[] {
  if (birthDate?.length !== 10) return [];
  const birth = dayOf(birthDate);
  const age = Math.floor((dayOf(dateIn(at)) - birth) / DAY_MS);
  if (age >= CHILD_DAYS) return [];
  const done = given.filter(({ status }) => status === 'completed');
  return VACCINE_SCHEDULE.schedule
    .filter(({ sex }) => sex === undefined || sex === gender)
    .flatMap((vaccine) => {
      const doses = done.filter((immunization) => isDoseOf(vaccine, immunization));
      // A series may go on under another name (IPV, then OPV): the number says which dose it was; else they are counted.
      const numbers = new Set(
        doses.map((dose, index) => dose.protocolApplied?.[0]?.doseNumberPositiveInt ?? firstOf(vaccine) + index),
      );
      return vaccine.doses
        .filter(({ dose, ageDays, toConfirm }) => !toConfirm && age > ageDays + GRACE_DAYS && !numbers.has(dose))
        .map(({ dose, ageDays }) => ({
          vaccine,
          dose,
          due: new Date(birth + ageDays * DAY_MS).toISOString().slice(0, 10),
        }));
    })
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

const firstOf = ({ doses }: ScheduledVaccine): number => doses[0]?.dose ?? 1;
