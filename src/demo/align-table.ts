/** Longest text in a cell; the rest is cut with an ellipsis. */
const WIDEST = 44;

const width = (text: string): number => Array.from(text).length;
const cut = (text: string): string =>
  width(text) <= WIDEST
    ? text
    : `${Array.from(text)
        .slice(0, WIDEST - 1)
        .join('')
        .trimEnd()}…`;

/**
 * Lines of a table with aligned columns: titles, a rule, and one line a row.
 * @param titles one for each column
 * @param rows texts, as many in each row as there are titles
 */
export function alignTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [titles, ...rows].map((row) => row.map((text) => cut(text.replace(/\s+/g, ' '))));
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    `  ${row.map((text, column) => text + ' '.repeat((widths[column] ?? 0) - width(text))).join('  ')}`.trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((size) => '─'.repeat(size))), ...body.map(line)];
}
