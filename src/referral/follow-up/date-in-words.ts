/** Numbers that people write as words in front of a span of time. */
const NUMBERS: Readonly<Record<string, number>> = {
  un: 1,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  quince: 15,
};

type Unit = 'days' | 'weeks' | 'months' | 'years';

/** Units by the letters with which they begin, without accents. */
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^dia/, 'days'],
  [/^semana/, 'weeks'],
  [/^mes/, 'months'],
  [/^ano/, 'years'],
];

const SPAN = /\b(?:en|dentro de) (\d{1,3}|[a-z]+) (dias?|semanas?|mes(?:es)?|anos?)\b/;
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/;
/** Day first, as Honduras writes it. */
const WRITTEN = /\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b/;
/** Longest span that is a term and no slip of the pen, years. */
const LONGEST_YEARS = 5;

const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** The day of these numbers, `YYYY-MM-DD`; undefined when the calendar has none. */
function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

/** A day after so many units; the last day of a month where the month is shorter. */
function after(from: string, count: number, unit: Unit): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  if (unit === 'days' || unit === 'weeks')
    return new Date(Date.UTC(year, month - 1, day + count * (unit === 'weeks' ? 7 : 1))).toISOString().slice(0, 10);
  const months = month - 1 + count * (unit === 'years' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(day, last))).toISOString().slice(0, 10);
}

function spanIn(text: string, from: string): string | undefined {
  const [, number = '', word = ''] = SPAN.exec(text) ?? [];
  const count = /^\d+$/.test(number) ? Number(number) : NUMBERS[number];
  const unit = UNITS.find(([letters]) => letters.test(word))?.[1];
  return count === undefined || count === 0 || unit === undefined ? undefined : after(from, count, unit);
}

/**
 * The day on which something is to be done, as a line of a plan says it: a date ("2026-12-20", "20/12/2026") or a span from
 * the day of the answer ("en un mes", "dentro de 10 días"). A date before that day, or more than five years after, is no
 * term. Undefined when the line says none: it is never guessed.
 * @param from day of the answer, `YYYY-MM-DD`
 */
export function dateInWords(line: string, from: string): string | undefined {
  const text = plain(line);
  const [, year, month, day] = ISO.exec(text) ?? [];
  const [, writtenDay, writtenMonth, writtenYear] = WRITTEN.exec(text) ?? [];
  const found =
    year !== undefined
      ? dayOf(Number(year), Number(month), Number(day))
      : writtenYear !== undefined
        ? dayOf(Number(writtenYear), Number(writtenMonth), Number(writtenDay))
        : spanIn(text, from);
  const last = after(from, LONGEST_YEARS, 'years');
  return found !== undefined && found >= from && found <= last ? found : undefined;
}
