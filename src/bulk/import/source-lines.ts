/** One line of a file, as it stands there. */
export interface SourceLine {
  /** Number of the line, from 1. */
  readonly line: number;
  /** Its bytes without the end of the line; undefined when there are more than allowed. */
  readonly bytes: Buffer | undefined;
  /** Bytes of the (unpacked) file up to and with the end of this line. */
  readonly end: number;
}

/** Longest line that is looked at, bytes: longer than any resource that MongoDB could keep. */
export const MOST_LINE_BYTES = 15_000_000;

const NEWLINE = 0x0a;
const RETURN = 0x0d;

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === RETURN);

/** Collects the pieces of a line; of one that is too long only its length is kept. */
class LinePieces {
  #pieces: Buffer[] = [];
  #length = 0;

  add(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length <= MOST_LINE_BYTES) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  take(): Buffer | undefined {
    const [first] = this.#pieces;
    const whole = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces);
    const tooLong = this.#length > MOST_LINE_BYTES;
    this.#pieces = [];
    this.#length = 0;
    if (tooLong) return undefined;
    return whole.at(-1) === RETURN ? whole.subarray(0, -1) : whole;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }
}

/**
 * Lines of NDJSON (https://github.com/ndjson/ndjson-spec: `\n`, with `\r` before it or not), those of one chunk at a time; blank
 * ones are counted and left out. No more than a chunk and a line is in memory.
 * @param source bytes from `from.offset` on
 * @param from where reading goes on: lines and bytes before it
 */
export async function* sourceLines(
  source: AsyncIterable<Buffer>,
  from: { readonly line: number; readonly offset: number } = { line: 0, offset: 0 },
): AsyncGenerator<SourceLine[]> {
  let { line, offset } = from;
  const pieces = new LinePieces();
  const ended = (): SourceLine[] => {
    const bytes = pieces.take();
    line += 1;
    return bytes !== undefined && isBlank(bytes) ? [] : [{ line, bytes, end: offset }];
  };
  for await (const chunk of source) {
    const found: SourceLine[] = [];
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      pieces.add(chunk.subarray(start, at));
      offset += at + 1 - start;
      start = at + 1;
      found.push(...ended());
    }
    if (start < chunk.length) pieces.add(chunk.subarray(start));
    offset += chunk.length - start;
    if (found.length > 0) yield found;
  }
  if (!pieces.isEmpty) yield ended();
}
