/** Spreadsheets take a cell that starts like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

/**
 * One field of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front;
 * numbers and null (an empty field) stay as they are.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A CSV file: UTF-8, comma, CRLF (RFC 4180), names of the columns in the first line. */
export const csvFile = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number | null>>[],
): string =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => csvField(row[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
