/** What one pass over a JSON text shows; strings are skipped, nothing is built. */
export interface JsonScan {
  /** Deepest nesting of objects and arrays. */
  readonly depth: number;
  /** True when a number would be written differently by JavaScript (`1.10`, `-0`, `1e3`, 20 digits). */
  readonly inexact: boolean;
  /** First member name that stands twice in one object. */
  readonly duplicate: string | undefined;
  /** First member name that `isUnsafe` refuses. */
  readonly unsafe: string | undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const MINUS = 0x2d;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** True when JavaScript writes the number back as it stood. */
export const isExactNumber = (literal: string): boolean => String(Number(literal)) === literal;

/** Position after the string that starts at `start`; the end of the text when it is not closed. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function decodeKey(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal;
  }
}

/** From so many members on, the names of an object are looked up by hash. */
const MANY = 24;

/** Member names of one object that is being read. Nearly all objects have few: a list of those is faster than a set. */
class SeenNames {
  readonly #few: string[] = [];
  #many: Set<string> | undefined;

  /** False when the name was there. */
  add(name: string): boolean {
    if (this.#many ? this.#many.has(name) : this.#few.includes(name)) return false;
    if (this.#many) this.#many.add(name);
    else if (this.#few.push(name) === MANY) this.#many = new Set(this.#few);
    return true;
  }
}

const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * Looks over a JSON text without recursion and without building it. The text need not be valid: then the answer means
 * nothing, but the scan ends.
 * @param limit nesting at which to stop looking
 * @param isUnsafe member names to report
 */
export function scanJson(text: string, limit: number, isUnsafe: (key: string) => boolean): JsonScan {
  let inexact = false;
  let duplicate: string | undefined;
  let unsafe: string | undefined;
  let deepest = 0;
  /** Names seen in each open object; `undefined` for an array. */
  const open: (SeenNames | undefined)[] = [];
  let position = 0;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      const end = endOfString(text, position);
      let next = end;
      while (isSpace(text.charCodeAt(next))) next += 1;
      if (text.charCodeAt(next) === COLON) {
        const key = decodeKey(text.slice(position, end));
        if (open[open.length - 1]?.add(key) === false) duplicate ??= key;
        if (isUnsafe(key)) unsafe ??= key;
        next += 1;
      }
      position = next;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      open.push(code === OPEN_OBJECT ? new SeenNames() : undefined);
      if (open.length > deepest) deepest = open.length;
      if (deepest > limit) break;
      position += 1;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      open.pop();
      position += 1;
    } else if (isDigit(code) || code === MINUS) {
      NUMBER.lastIndex = position;
      const literal = NUMBER.exec(text)?.[0] ?? text.charAt(position);
      if (!inexact && !isExactNumber(literal)) inexact = true;
      position += literal.length;
    } else {
      position += 1;
    }
  }
  return { depth: deepest, inexact, duplicate, unsafe };
}
