import type { TypedDate } from '../../components/date-parts.js';
import type { FormFields } from '../../form-fields.js';

/** Nobody is older, and nothing about anybody either. */
const OLDEST_YEARS = 125;

/** Name of the three boxes of the birth date. */
export const BIRTH = 'nacimiento';

/** The three boxes of a date as typed. @param name of the field */
export const typedDate = (form: FormFields, name: string): TypedDate => ({
  day: form.get(`${name}-dia`),
  month: form.get(`${name}-mes`),
  year: form.get(`${name}-ano`),
});

/** A date in the past out of three boxes: FHIR date of day, month or year, or what is wrong. */
export type DateReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'wrong' | 'future' | 'old' };

/**
 * Reads a date in somebody's life; the day, or day and month, may be missing.
 * @param today `YYYY-MM-DD` in Honduras
 */
export function readTypedDate({ day, month, year }: TypedDate, today: string): DateReading {
  if (day === '' && month === '' && year === '') return { kind: 'empty' };
  const digits = (text: string, length: number): boolean => new RegExp(`^\\d{1,${length}}$`).test(text);
  if (!/^\d{4}$/.test(year)) return { kind: 'wrong' };
  if (day !== '' && month === '') return { kind: 'wrong' };
  if ((month !== '' && !digits(month, 2)) || (day !== '' && !digits(day, 2))) return { kind: 'wrong' };
  const parts = [
    year,
    ...(month === '' ? [] : [month.padStart(2, '0')]),
    ...(day === '' ? [] : [day.padStart(2, '0')]),
  ];
  const date = parts.join('-');
  const whole = `${date}-01-01`.slice(0, 10);
  const moment = new Date(`${whole}T00:00:00Z`);
  // The thirtieth of February becomes another day.
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(whole)) return { kind: 'wrong' };
  if (date > today.slice(0, date.length)) return { kind: 'future' };
  return Number(year) < Number(today.slice(0, 4)) - OLDEST_YEARS ? { kind: 'old' } : { kind: 'date', date };
}

/** An age in years, or undefined when it is none. */
export const readTypedAge = (text: string): number | undefined =>
  /^\d{1,3}$/.test(text) && Number(text) <= OLDEST_YEARS ? Number(text) : undefined;
