import { TIME_ZONE } from '../config/honduras-time.js';
import type { Language } from './language.js';

const LOCALE: Readonly<Record<Language, string>> = { es: 'es-HN', en: 'en-GB' };
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

/** A FHIR date without time is that day everywhere; it must not move with the time zone. */
function partsOf(value: string | Date): { readonly moment: Date; readonly timeZone: string; readonly timed: boolean } {
  if (value instanceof Date || value.includes('T'))
    return { moment: new Date(value), timeZone: TIME_ZONE, timed: true };
  return { moment: new Date(`${value}T00:00:00Z`), timeZone: 'UTC', timed: false };
}

const format = (language: Language, value: string | Date, options: Intl.DateTimeFormatOptions): string => {
  const { moment, timeZone } = partsOf(value);
  return new Intl.DateTimeFormat(LOCALE[language], { ...options, timeZone }).format(moment);
};

/**
 * A day for staff: "22 nov 2026". A year or month alone ("2026", "2026-11") is given back as it is.
 * @param value FHIR date, dateTime or instant, or a Date
 */
export function dateText(value: string | Date, language: Language): string {
  if (typeof value === 'string' && !/^\d{4}-\d{2}-\d{2}/.test(value)) return value;
  return format(language, value, DAY).replace(/\.| de /g, (found) => (found === '.' ? '' : ' '));
}

/** A day for staff with the day of the week: "lun 7 dic 2026". */
export const weekdayText = (value: string | Date, language: Language): string =>
  `${format(language, value, { weekday: 'short' }).replace('.', '')} ${dateText(value, language)}`;

/** Time of day for staff: "10:32" in Honduras. */
export const hourText = (value: string | Date, language: Language): string =>
  format(language, value, CLOCK).replace(/^24/, '00');

/** A moment for staff: "22 nov 2026, 10:32" in Honduras; only the day when the value has no time. */
export const timeText = (value: string | Date, language: Language): string =>
  partsOf(value).timed ? `${dateText(value, language)}, ${hourText(value, language)}` : dateText(value, language);

export { spokenTime as patientTime } from '../config/spoken-time.js';
