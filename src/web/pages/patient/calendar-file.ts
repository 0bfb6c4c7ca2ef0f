import type { Language } from '../../language.js';
import { sayIn } from '../../language.js';
import { type PageFile, file } from '../../page.js';
import { FOLLOW } from '../../texts/patient-follow.js';
import type { TrackedReferral } from './tracked-referral.js';

/** Length of a visit when nobody said it. */
const VISIT_MS = 30 * 60_000;
/** Longest line, octets (RFC 5545, 3.1). */
const LINE = 75;

const stamp = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d{3}/g, '');
const escaped = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** Lines of 75 octets at most, never cut within a character; what goes on begins with a blank. */
function folded(line: string): string {
  let result = '';
  let used = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (used + size > LINE) {
      result += '\r\n ';
      used = 1;
    }
    result += character;
    used += size;
  }
  return result;
}

/**
 * The visit of a referral for the calendar of a telephone (RFC 5545), with a reminder one day before; nothing clinical.
 * Undefined when there is none.
 */
export function calendarText(
  { id, visit, destination, bring }: TrackedReferral,
  language: Language,
  now: Date = new Date(),
): string | undefined {
  if (!visit) return undefined;
  const say = sayIn(language);
  const start = new Date(visit.start);
  const end = visit.end === undefined ? new Date(start.getTime() + VISIT_MS) : new Date(visit.end);
  const place = visit.place ?? destination?.name ?? '';
  const title = escaped(say(FOLLOW.calendarTitle, { place }));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Referencia y Respuesta//ES',
    'BEGIN:VEVENT',
    `UID:${id}@referencia.salud.gob.hn`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${title}`,
    `LOCATION:${escaped([place, visit.address ?? ''].filter((part) => part !== '').join(', '))}`,
    ...(bring ? [`DESCRIPTION:${escaped(say(bring))}`] : []),
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${title}`,
    'TRIGGER:-P1D',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** The same as a file of a page. */
export function calendarFile(referral: TrackedReferral, language: Language): PageFile | undefined {
  const text = calendarText(referral, language);
  return text === undefined ? undefined : file('text/calendar; charset=utf-8', 'cita.ics', text);
}
