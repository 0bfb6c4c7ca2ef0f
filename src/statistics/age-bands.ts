import type { Words } from '../words.js';

interface AgeBand extends Words {
  readonly code: string;
  /** First age that no longer belongs to the band: months up to a year, then years. */
  readonly below: { readonly months: number } | { readonly years: number };
}

/** Age bands of the monthly report AT2-R of the ministry (concepts 1 to 18), youngest first. */
export const AGE_BANDS: readonly AgeBand[] = [
  { code: '0-27d', es: 'Menor de 1 mes', en: 'Under 1 month', below: { months: 1 } },
  { code: '1-11m', es: '1 mes a 1 año', en: '1 month to 1 year', below: { years: 1 } },
  { code: '1-4', es: '1 a 4 años', en: '1 to 4 years', below: { years: 5 } },
  { code: '5-9', es: '5 a 9 años', en: '5 to 9 years', below: { years: 10 } },
  { code: '10-14', es: '10 a 14 años', en: '10 to 14 years', below: { years: 15 } },
  { code: '15-19', es: '15 a 19 años', en: '15 to 19 years', below: { years: 20 } },
  { code: '20-49', es: '20 a 49 años', en: '20 to 49 years', below: { years: 50 } },
  { code: '50-59', es: '50 a 59 años', en: '50 to 59 years', below: { years: 60 } },
  { code: '60-mas', es: '60 años y más', en: '60 years and over', below: { years: 200 } },
];

const DATE = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/;

/** Whole months between two dates `YYYY-MM-DD`. */
function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0);
}

/**
 * Age band of somebody on a day; a birth date without day or month is taken in the middle of what it leaves open.
 * @param birthDate FHIR date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @param day `YYYY-MM-DD`
 * @returns code of the band; undefined without a usable birth date
 */
export function ageBandOn(birthDate: string | undefined, day: string): string | undefined {
  const parts = DATE.exec(birthDate ?? '');
  if (!parts) return undefined;
  const [, year, month, date] = parts;
  const months = monthsBetween(`${year}-${month ?? '07'}-${date ?? (month ? '15' : '01')}`, day);
  // A birth date with an open day may lie after the referral; only a later month or year is a mistake.
  if (months < -1 || (months < 0 && date !== undefined)) return undefined;
  return AGE_BANDS.find(({ below }) => months < ('months' in below ? below.months : below.years * 12))?.code;
}
