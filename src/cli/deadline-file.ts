import { readFile } from 'node:fs/promises';
import { ALL_UNITS, UNITS } from '../referral/deadlines/units.js';
import { CsvError, csvTable } from '../seed/csv-table.js';
import { StartupError } from '../startup-error.js';

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

const unreadable = (path: string, es: string, en: string): StartupError =>
  new StartupError({ es: `${path}: ${es}`, en: `${path}: ${en}` });

/** A unit by its code or its words in either language. */
const unitOf = (text: string): string =>
  ALL_UNITS.find((unit) => Object.values<string>({ unit, ...UNITS[unit] }).includes(text.toLowerCase())) ?? text;

/** A cell as the table wants it: empty cells are left out, whole numbers are numbers. */
function valueOf(column: string, text: string): unknown {
  if (text === '') return undefined;
  if (column === 'amount') return /^\d+$/.test(text) ? Number(text) : text;
  return column === 'unit' ? unitOf(text) : text;
}

function fromCsv(path: string, text: string): GivenDeadlines {
  const [head, ...rows] = [...csvTable(text)];
  const columns = (head?.cells ?? []).map((name) => COLUMNS[name.trim().toLowerCase()]);
  const missing = WANTED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw unreadable(path, `faltan las columnas ${missing.join(', ')}`, `columns are missing: ${missing.join(', ')}`);
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

function fromJson(path: string, text: string): GivenDeadlines {
  const content: unknown = JSON.parse(text);
  if (typeof content === 'object' && content !== null && !Array.isArray(content))
    return { content: content as Record<string, unknown> };
  throw unreadable(path, 'se esperaba un objeto JSON', 'a JSON object was expected');
}

/**
 * Reads a table of deadlines: JSON when the text starts with `{`, else CSV with the columns clock, priority, specialty, amount, unit
 * and perhaps service (reloj, prioridad, especialidad, plazo, unidad, servicio; `;`, `,` or tabs).
 * @throws StartupError for a file that cannot be read as either
 */
export async function readDeadlineFile(path: string): Promise<GivenDeadlines> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw unreadable(path, `no se puede leer: ${reason}`, `cannot be read: ${reason}`);
  }
  try {
    return text.trimStart().startsWith('{') ? fromJson(path, text) : fromCsv(path, text);
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(path, `no es JSON: ${error.message}`, 'it is not JSON');
    if (error instanceof CsvError)
      throw unreadable(path, `línea ${error.line}: comillas mal puestas`, `line ${error.line}: quotes do not match`);
    throw error;
  }
}
