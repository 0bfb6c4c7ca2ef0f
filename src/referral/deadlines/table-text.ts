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

/** A value that differs between two editions; without `before` it is new, without `after` it goes. */
export interface EditionChange {
  readonly key: string;
  readonly before?: string;
  readonly after?: string;
}

/** What an edition decides beside its terms, by the name that people read. */
const SETTINGS = { limits: 'límites', workday: 'jornada', holidays: 'feriados', escalation: 'avisos' } as const;

/** Every single value below a path; an item of a list is one value, told by its name where it has one. */
function leaves(value: unknown, path: string): (readonly [path: string, text: string])[] {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => {
      const { name = index, ...rest } = Object(item) as { readonly name?: unknown };
      return [`${path} · ${String(name)}`, JSON.stringify(rest)] as const;
    });
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${path} · ${name}`));
  return [[path, String(value)]];
}

/** Every value of an edition, by what it is about. */
const valuesOf = (edition: Decided): ReadonlyMap<string, string> =>
  new Map([
    ...inOrder(edition.terms).map((row) => [keyOf(row), termText(row)] as const),
    ...Object.entries(SETTINGS).flatMap(([name, title]) => leaves(edition[name as keyof typeof SETTINGS], title)),
  ]);

/** What two editions are compared by. */
export type Decided = Pick<EditionContent, 'terms' | keyof typeof SETTINGS>;

/** What a new edition changes of another: terms, limits, workday, holidays and who is told. */
export function editionChanges(before: Decided, after: Decided): readonly EditionChange[] {
  const known = valuesOf(before);
  const wanted = valuesOf(after);
  return [
    ...[...wanted]
      .filter(([key, text]) => known.get(key) !== text)
      .map(([key, text]): EditionChange => {
        const old = known.get(key);
        return { key, after: text, ...(old === undefined ? {} : { before: old }) };
      }),
    ...[...known].filter(([key]) => !wanted.has(key)).map(([key, text]): EditionChange => ({ key, before: text })),
  ];
}
