import { CsvError, csvTable } from '../../csv-table.js';
import type { Words } from '../../words.js';
import type { EditionContent } from './edition.js';
import { ALL_UNITS, UNITS } from './units.js';

/** A table of deadlines as it was given, not checked yet. */
export interface GivenDeadlines {
  /** What a JSON file holds; of a CSV file the rows alone, as `terms`. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Line of the file on which row `terms[i]` stands; absent for JSON. */
  readonly lines?: readonly number[];
}

/** Columns of a CSV file, by their names in either language. */
const COLUMNS: Readonly<Record<string, string>> = {
  clock: 'clock',
  reloj: 'clock',
  priority: 'priority',
  prioridad: 'priority',
  specialty: 'specialty',
  especialidad: 'specialty',
  service: 'service',
  servicio: 'service',
  amount: 'amount',
  plazo: 'amount',
  unit: 'unit',
  unidad: 'unit',
};
const WANTED = ['clock', 'priority', 'specialty', 'amount', 'unit'] as const;

/** A text that can be read neither as JSON nor as CSV. */
export class TableError extends Error {
  override readonly name = 'TableError';
  constructor(readonly words: Words) {
    super(words.en);
  }
}

/** A unit by its code or its words in either language. */
const unitOf = (text: string): string =>
  ALL_UNITS.find((unit) => Object.values<string>({ unit, ...UNITS[unit] }).includes(text.toLowerCase())) ?? text;

/** A cell as the table wants it: empty cells are left out, whole numbers are numbers. */
function valueOf(column: string, text: string): unknown {
  if (text === '') return undefined;
  if (column === 'amount') return /^\d+$/.test(text) ? Number(text) : text;
  return column === 'unit' ? unitOf(text) : text;
}

function fromCsv(text: string): GivenDeadlines {
  const [head, ...rows] = [...csvTable(text)];
  const columns = (head?.cells ?? []).map((name) => COLUMNS[name.trim().toLowerCase()]);
  const missing = WANTED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new TableError({
      es: `faltan las columnas ${missing.join(', ')}`,
      en: `columns are missing: ${missing.join(', ')}`,
    });
  const terms = rows.map(({ cells }) =>
    Object.fromEntries(
      columns.flatMap((column, index) => {
        const value = column === undefined ? undefined : valueOf(column, (cells[index] ?? '').trim());
        return column === undefined || value === undefined ? [] : [[column, value] as const];
      }),
    ),
  );
  return { content: { terms }, lines: rows.map(({ line }) => line) };
}

function fromJson(text: string): GivenDeadlines {
  const content: unknown = JSON.parse(text);
  if (typeof content === 'object' && content !== null && !Array.isArray(content))
    return { content: content as Record<string, unknown> };
  throw new TableError({ es: 'se esperaba un objeto JSON', en: 'a JSON object was expected' });
}

/**
 * Reads a table of deadlines: JSON when the text starts with `{`, else CSV with the columns clock, priority, specialty, amount, unit
 * and perhaps service (reloj, prioridad, especialidad, plazo, unidad, servicio; `;`, `,` or tabs).
 * @throws TableError for a text that cannot be read as either
 */
export function parseTable(given: string): GivenDeadlines {
  const text = given.replace(/^\uFEFF/, '');
  try {
    return text.trimStart().startsWith('{') ? fromJson(text) : fromCsv(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new TableError({ es: `no es JSON: ${error.message}`, en: 'it is not JSON' });
    if (error instanceof CsvError)
      throw new TableError({
        es: `línea ${error.line}: comillas mal puestas`,
        en: `line ${error.line}: quotes do not match`,
      });
    throw error;
  }
}

/** Who decided on a new table, and from which day. */
export interface TableAbout {
  readonly validFrom?: string | undefined;
  readonly approvedBy?: string | undefined;
  readonly note?: string | undefined;
}

/** A whole table to be checked: what was given leaves out stays as it is; what is said beside it counts before it. */
export function completedTable({ content }: GivenDeadlines, before: EditionContent, about: TableAbout): unknown {
  const { limits, workday, holidays, escalation } = before;
  const said = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
  return { limits, workday, holidays, escalation, ...content, ...said };
}

/** Line of a CSV file on which a problem of its table stands, and the column; undefined for what stands on none. */
export function lineOf(
  place: string,
  { lines }: GivenDeadlines,
): { readonly line: number; readonly column: string } | undefined {
  const [, index, column = ''] = /^terms\[(\d+)\]\.?(.*)$/.exec(place) ?? [];
  const line = index === undefined ? undefined : lines?.[Number(index)];
  return line === undefined ? undefined : { line, column };
}
