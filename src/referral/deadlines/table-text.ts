import { ALL_CLOCKS, PRIORITIES } from '../clocks.js';
import type { EditionContent, TermRow } from './edition.js';
import { UNITS } from './units.js';

/** What a row is about, in one line. */
export const keyOf = ({ clock, priority, specialty, service }: Omit<TermRow, 'amount' | 'unit'>): string =>
  [clock, priority, specialty, service].filter((part) => part !== undefined).join(' ');
/** A term in words. */
export const termText = ({ amount, unit }: Pick<TermRow, 'amount' | 'unit'>): string => `${amount} ${UNITS[unit].es}`;

/** Rows in the order of the clocks, the most ordinary priority first, the default before specialties and services. */
export const inOrder = (terms: readonly TermRow[]): TermRow[] =>
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

/** A term that differs between two tables; without `before` it is new, without `after` it goes. */
export interface TermChange {
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

/** What a new table changes in the terms of another. */
export function termChanges(
  before: Pick<EditionContent, 'terms'>,
  after: Pick<EditionContent, 'terms'>,
): readonly TermChange[] {
  const known = new Map(before.terms.map((row) => [keyOf(row), termText(row)]));
  const wanted = new Map(inOrder(after.terms).map((row) => [keyOf(row), termText(row)]));
  return [
    ...[...wanted]
      .filter(([key, text]) => known.get(key) !== text)
      .map(([key, text]): TermChange => {
        const old = known.get(key);
        return { key, after: text, ...(old === undefined ? {} : { before: old }) };
      }),
    ...[...known].filter(([key]) => !wanted.has(key)).map(([key, text]): TermChange => ({ key, before: text })),
  ];
}
