import { ALL_CLOCKS, PRIORITIES } from '../referral/clocks.js';
import type { Edition, EditionContent, TermRow } from '../referral/deadlines/edition.js';
import { LEVELS } from '../referral/deadlines/levels.js';
import { UNITS } from '../referral/deadlines/units.js';
import { bilingual } from '../words.js';

const keyOf = ({ clock, priority, specialty, service }: Omit<TermRow, 'amount' | 'unit'>): string =>
  [clock, priority, specialty, service].filter((part) => part !== undefined).join(' ');
const termText = ({ amount, unit }: Pick<TermRow, 'amount' | 'unit'>): string => `${amount} ${UNITS[unit].es}`;

/** Rows in the order of the clocks, the most ordinary priority first, the default before specialties and services. */
const inOrder = (terms: readonly TermRow[]): TermRow[] =>
  [...terms].sort(
    (a, b) =>
      ALL_CLOCKS.indexOf(a.clock) - ALL_CLOCKS.indexOf(b.clock) ||
      (a.specialty ?? '').localeCompare(b.specialty ?? '') ||
      (a.service ?? '').localeCompare(b.service ?? '') ||
      PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority),
  );

/** The rows as a CSV file that `deadlines load` reads. */
export const deadlineCsv = ({ terms }: Pick<EditionContent, 'terms'>): string[] => [
  'reloj;prioridad;especialidad;plazo;unidad;servicio',
  ...inOrder(terms).map(({ clock, priority, specialty = '', service = '', amount, unit }) =>
    [clock, priority, specialty, amount, UNITS[unit].es, service].join(';'),
  ),
];

/** An edition for people: what it is, its terms, its workday, its holidays of a year and who is told. */
export function deadlineLines(edition: Edition, holidays: readonly { date: string; name: string }[]): string[] {
  const { number, validFrom, approvedBy, note, by, at, terms, workday, escalation } = edition;
  return [
    bilingual({
      es: `Edición ${number}, rige desde ${validFrom}; aprobada por: ${approvedBy}`,
      en: `edition ${number}, valid from ${validFrom}; approved by: ${approvedBy}`,
    }),
    bilingual({ es: `cargada por ${by} el ${at.toISOString()}`, en: `loaded by ${by} on ${at.toISOString()}` }),
    ...(note === undefined ? [] : [note]),
    ...inOrder(terms).map((row) => `  ${keyOf(row).padEnd(40)} ${termText(row)}`),
    bilingual({
      es: `jornada ${workday.opens}-${workday.closes}, días ${workday.weekdays.join(' ')} (0 es domingo)`,
      en: `workday ${workday.opens}-${workday.closes}, days ${workday.weekdays.join(' ')} (0 is Sunday)`,
    }),
    ...holidays.map(({ date, name }) => `  ${date} ${name}`),
    ...escalation.map(
      ({ clock, level, share }) => `  ${clock ?? '*'}: ${bilingual(LEVELS[level])}, +${Math.round(share * 100)} %`,
    ),
  ];
}

/** What a new table changes in the terms of another, one line each. */
export function changedTerms(before: Pick<EditionContent, 'terms'>, after: Pick<EditionContent, 'terms'>): string[] {
  const known = new Map(before.terms.map((row) => [keyOf(row), termText(row)]));
  const wanted = new Map(inOrder(after.terms).map((row) => [keyOf(row), termText(row)]));
  return [
    ...[...wanted]
      .filter(([key, text]) => known.get(key) !== text)
      .map(([key, text]) => `  ${key}: ${known.get(key) ?? '-'} -> ${text}`),
    ...[...known].filter(([key]) => !wanted.has(key)).map(([key, text]) => `  ${key}: ${text} -> -`),
  ];
}
