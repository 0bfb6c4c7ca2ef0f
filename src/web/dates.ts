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

/** A moment for staff: "22 nov 2026, 10:32" in Honduras; only the day when the value has no time. */
export const timeText = (value: string | Date, language: Language): string =>
  partsOf(value).timed
    ? `${dateText(value, language)}, ${format(language, value, CLOCK).replace(/^24/, '00')}`
    : dateText(value, language);

const PARTS: readonly (readonly [until: number, es: string])[] = [
  [12, 'de la mañana'],
  [18, 'de la tarde'],
  [24, 'de la noche'],
];

/** A moment for patients: "martes 3 de marzo, a las 8 de la mañana" / "Tuesday 3 March, at 8 am". */
export function patientTime(value: string | Date, language: Language): string {
  const day = format(language, value, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '');
  if (!partsOf(value).timed) return day;
  const [hour = 0, minute = 0] = format(language, value, CLOCK).split(':').map(Number);
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}`;
  if (language === 'en') return `${day}, at ${clock} ${hour % 24 < 12 ? 'am' : 'pm'}`;
  if (hour === 12 && minute === 0) return `${day}, a las 12 del mediodía`;
  const part = PARTS.find(([until]) => hour % 24 < until)?.[1] ?? '';
  return `${day}, a ${clock.startsWith('1') && !/^1\d/.test(clock) ? 'la' : 'las'} ${clock} ${part}`;
}
