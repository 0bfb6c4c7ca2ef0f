/** One record of a CSV file. */
export interface CsvRecord {
  /** Line on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV file that cannot be read as a table. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  constructor(
    readonly line: number,
    readonly problem: 'unclosed-quote' | 'text-after-quote',
  ) {
    super(`line ${line}: ${problem}`);
  }
}

/** Separator of a file: whichever of `;` `,` and tab its first line holds most, outside of quotes. */
export function separatorOf(text: string): string {
  const head = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (separator: string): number => head.split(separator).length - 1;
  return [';', ',', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** A cell in quotes that begins at `start`: its text and where it ends. Throws CsvError. */
function quotedCell(text: string, start: number, line: number): { cell: string; end: number } {
  let cell = '';
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new CsvError(line, 'unclosed-quote');
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}

/**
 * Records of a CSV text (RFC 4180; `;` and tabs too, line ends LF or CRLF). Lines without text are left out.
 * @throws CsvError for quotes that do not close or are followed by text
 */
export function* csvTable(text: string, separator: string = separatorOf(text)): Generator<CsvRecord> {
  const plain = new RegExp(`[^${separator === '\t' ? '\\t' : separator}\\r\\n]*`, 'y');
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        const { cell, end } = quotedCell(text, at, line);
        line += cell.split('\n').length - 1;
        cells.push(cell);
        at = end;
      } else {
        plain.lastIndex = at;
        const cell = plain.exec(text)?.[0] ?? '';
        cells.push(cell);
        at += cell.length;
      }
      if (text[at] !== separator) break;
      at += 1;
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') throw new CsvError(line, 'text-after-quote');
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (cells.some((cell) => cell.trim() !== '')) yield { line: begins, cells };
  }
}
