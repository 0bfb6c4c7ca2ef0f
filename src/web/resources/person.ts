import type { HumanName, Patient } from '@medplum/fhirtypes';
import { extensionUrl, SID } from '../../config/canonical.js';
import { dateIn } from '../../config/honduras-time.js';
import type { Language, Say } from '../language.js';
import { PERSON } from '../texts/person.js';

const joined = ({ given = [], family }: HumanName): string => [...given, ...(family ? [family] : [])].join(' ');

/** Name of a person as written; `undefined` for somebody whose name nobody knows yet. */
export function personName({ name = [] }: Pick<Patient, 'name'>): string | undefined {
  const best = name.find(({ use }) => use === 'official') ?? name[0];
  const text = best && (best.text ?? joined(best));
  return text === '' ? undefined : text;
}

/** Name of a person, or words that say that it is unknown. */
export const nameOrUnknown = (patient: Pick<Patient, 'name'>, say: Say): string =>
  personName(patient) ?? say(PERSON.unknownName);

/** Whole years, months and days between two FHIR dates; parts that the first does not have count as 1. */
function elapsed(from: string, to: string): { readonly years: number; readonly months: number; readonly days: number } {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 1, toDay = 1] = to.split('-').map(Number);
  const months = (toYear - year) * 12 + (toMonth - month) - (toDay < day ? 1 : 0);
  const days = Math.round(
    (Date.parse(to) - Date.parse(from.length === 10 ? from : `${from}-01`.slice(0, 10))) / 86_400_000,
  );
  return { years: Math.floor(months / 12), months, days };
}

/**
 * Age in the unit that clinicians use: days below one month, months below two years, else years; the estimated age when
 * no birth date is known.
 * @param at day on which the age is asked, default today in Honduras
 */
export function ageText(patient: Pick<Patient, 'birthDate' | 'extension'>, say: Say, at = new Date()): string {
  if (patient.birthDate === undefined) {
    const estimated = patient.extension
      ?.find(({ url }) => url === extensionUrl('estimated-age'))
      ?.extension?.find(({ url }) => url === 'age')?.valueAge?.value;
    return estimated === undefined ? say(PERSON.unknownAge) : say(PERSON.aboutYears, { n: estimated });
  }
  const { years, months, days } = elapsed(patient.birthDate, dateIn(at));
  if (months < 1) return say(days === 1 ? PERSON.day : PERSON.days, { n: Math.max(0, days) });
  if (years < 2) return say(months === 1 ? PERSON.month : PERSON.months, { n: months });
  return say(PERSON.years, { n: years });
}

/** Age in whole years today, when the birth date is known. */
export const ageInYears = ({ birthDate }: Pick<Patient, 'birthDate'>, at = new Date()): number | undefined =>
  birthDate === undefined ? undefined : elapsed(birthDate, dateIn(at)).years;

/** DNI as it is printed on the card: 0101-1984-80011. */
export const dniText = (dni: string): string => dni.replace(/^(\d{4})(\d{4})(\d{5})$/, '$1-$2-$3');

const KINDS = [
  [SID.dni, PERSON.dni],
  [SID.pasaporte, PERSON.passport],
  [SID.expediente, PERSON.record],
  [SID.temporal, PERSON.temporary],
] as const;

/** What a person is known by, the strongest first: "DNI 0101-1984-80011". */
export const identifierTexts = ({ identifier = [] }: Pick<Patient, 'identifier'>, say: Say): readonly string[] =>
  KINDS.flatMap(([system, words]) =>
    identifier
      .filter((one) => one.system === system && one.value !== undefined)
      .map(({ value = '' }) => `${say(words)} ${system === SID.dni ? dniText(value) : value}`),
  );

/** Sex in words. */
export const sexText = ({ gender }: Pick<Patient, 'gender'>, language: Language): string =>
  PERSON[gender ?? 'unknown'][language];
