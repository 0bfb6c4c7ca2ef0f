import { TIME_ZONE } from './honduras-time.js';

type Language = 'es' | 'en';

const LOCALE: Readonly<Record<Language, string>> = { es: 'es-HN', en: 'en-GB' };

const PARTS: readonly (readonly [until: number, es: string])[] = [
  [12, 'de la mañana'],
  [18, 'de la tarde'],
  [24, 'de la noche'],
];

/**
 * A moment as one says it to a patient, in Honduras: "martes 3 de marzo, a las 8 de la mañana" / "Tuesday 3 March, at 8 am".
 * A FHIR date without time is that day everywhere.
 */
export function spokenTime(value: string | Date, language: Language): string {
  const timed = value instanceof Date || value.includes('T');
  const moment = value instanceof Date ? value : new Date(timed ? value : `${value}T00:00:00Z`);
  const say = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(LOCALE[language], { ...options, timeZone: timed ? TIME_ZONE : 'UTC' }).format(moment);
  const day = say({ weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '');
  if (!timed) return day;
  const [hour = 0, minute = 0] = say({ hour: '2-digit', minute: '2-digit', hour12: false }).split(':').map(Number);
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}`;
  if (language === 'en') return `${day}, at ${clock} ${hour % 24 < 12 ? 'am' : 'pm'}`;
  if (hour === 12 && minute === 0) return `${day}, a las 12 del mediodía`;
  const part = PARTS.find(([until]) => hour % 24 < until)?.[1] ?? '';
  return `${day}, a ${hour % 12 === 1 ? 'la' : 'las'} ${clock} ${part}`;
}
