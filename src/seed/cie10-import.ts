import { createHash } from 'node:crypto';
import type { Store } from '../store/store.js';
import { CIE10_COLUMNS, type Cie10Column, cie10Row, type Cie10Row, columnOf } from './cie10-row.js';
import { CsvError, csvTable } from '../csv-table.js';

/** A line that cannot be used. */
export interface Cie10Reject {
  readonly line: number;
  /** In Spanish. */
  readonly reason: string;
}

/** What a file holds. */
export interface Cie10Table {
  readonly rows: readonly Cie10Row[];
  readonly rejects: readonly Cie10Reject[];
}

/** Text of a file in UTF-8, or in Windows-1252 where it is not valid UTF-8 (spreadsheets in Spanish often save so). */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const QUOTES: Readonly<Record<CsvError['problem'], string>> = {
  'unclosed-quote': 'hay comillas que no se cierran',
  'text-after-quote': 'hay texto después de unas comillas que se cierran',
};

/** Reads records one by one; a quote that does not close ends the file with a reject. */
function* records(text: string, rejects: Cie10Reject[]): Generator<{ line: number; cells: readonly string[] }> {
  try {
    yield* csvTable(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    rejects.push({ line: error.line, reason: QUOTES[error.problem] });
  }
}

function headings(cells: readonly string[]): { columns: (Cie10Column | undefined)[]; problem?: string } {
  const columns = cells.map(columnOf);
  const missing = (['code', 'text'] as const).filter((name) => !columns.includes(name));
  const twice = columns.find((name, index) => name !== undefined && columns.indexOf(name) !== index);
  if (missing.length > 0)
    return {
      columns,
      problem: `falta la columna ${missing.map((name) => CIE10_COLUMNS[name].join(' o ')).join(', ')}`,
    };
  return twice ? { columns, problem: `la columna ${twice} está dos veces` } : { columns };
}

const EMPTY = Object.fromEntries(Object.keys(CIE10_COLUMNS).map((name) => [name, ''])) as Record<Cie10Column, string>;

/**
 * Reads the ministry's CIE-10 table: a CSV file with headings, `;`, `,` or tabs, in any order of columns; columns
 * that are not ours are left out. Strict: whatever is not understood is a reject with its line.
 */
export function parseCie10(text: string): Cie10Table {
  const rejects: Cie10Reject[] = [];
  const rows = new Map<string, Cie10Row>();
  let columns: (Cie10Column | undefined)[] | undefined;
  for (const { line, cells } of records(text, rejects)) {
    if (!columns) {
      const head = headings(cells);
      if (head.problem) return { rows: [], rejects: [{ line, reason: head.problem }] };
      columns = head.columns;
      continue;
    }
    if (cells.length !== columns.length) {
      rejects.push({ line, reason: `tiene ${cells.length} columnas y el encabezado ${columns.length}` });
      continue;
    }
    const named = Object.fromEntries(columns.flatMap((name, index) => (name ? [[name, cells[index]]] : [])));
    const read = cie10Row.safeParse({ ...EMPTY, ...named });
    if (!read.success) rejects.push({ line, reason: read.error.issues.map(({ message }) => message).join('; ') });
    else if (rows.has(read.data.code)) rejects.push({ line, reason: `el código ${read.data.code} está repetido` });
    else rows.set(read.data.code, read.data);
  }
  if (!columns && rejects.length === 0) rejects.push({ line: 1, reason: 'el archivo está vacío' });
  return { rows: [...rows.values()], rejects };
}

/** A code in the collection `catalogues`; `_id` is `cie10|A00.9`. */
interface Cie10Document extends Cie10Row {
  readonly _id: string;
  readonly kind: 'cie10';
  /** SHA-256 of the table it came with. */
  readonly edition: string;
}

const BATCH = 1_000;

/**
 * Stores a table in place of the one before: codes are written over, codes that are no longer in it go away.
 * @returns edition: SHA-256 of the rows, in hex
 */
export async function storeCie10(store: Store, rows: readonly Cie10Row[]): Promise<string> {
  const edition = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  const collection = store.support<Cie10Document>('catalogues');
  for (let at = 0; at < rows.length; at += BATCH) {
    const operations = rows.slice(at, at + BATCH).map((row) => ({
      replaceOne: {
        filter: { _id: `cie10|${row.code}` },
        replacement: { ...row, kind: 'cie10' as const, edition },
        upsert: true,
      },
    }));
    await collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } });
  }
  await collection.deleteMany({ kind: 'cie10', edition: { $ne: edition } }, { writeConcern: { w: 'majority' } });
  return edition;
}
