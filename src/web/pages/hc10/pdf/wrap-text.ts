import type { Measure } from './pdf-page.js';

interface Room {
  readonly size: number;
  readonly bold?: boolean;
  readonly width: number;
  /** Room of the first line, where a label stands before it. */
  readonly first?: number;
}

/** No line holds so many characters: a longer word is cut without being measured whole. */
const MOST_IN_LINE = 300;

/** The longest start of a word that fits; one character at least, so that it ends. */
function cut(measure: Measure, word: string, size: number, bold: boolean, width: number): number {
  const characters = Array.from(word.slice(0, MOST_IN_LINE));
  let low = 1;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure.width(characters.slice(0, middle).join(''), size, bold) <= width) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join('').length;
}

/** Breaks a text into lines that fit; its own line ends stay, words that are too long are cut. Nothing is left out. */
export function wrapText(measure: Measure, text: string, { size, bold = false, width, first = width }: Room): string[] {
  const lines: string[] = [];
  const room = (): number => (lines.length === 0 ? first : width);
  const blank = measure.width(' ', size, bold);
  const widthOf = (word: string): number =>
    word.length > MOST_IN_LINE ? Number.POSITIVE_INFINITY : measure.width(word, size, bold);
  for (const paragraph of text.split('\n')) {
    let line = '';
    let taken = 0;
    for (const word of paragraph.split(/\s+/).filter((one) => one !== '')) {
      let rest = word;
      let wide = widthOf(rest);
      if (line !== '' && taken + blank + wide <= room()) {
        line += ` ${rest}`;
        taken += blank + wide;
        continue;
      }
      if (line !== '') lines.push(line);
      while (wide > room()) {
        const length = cut(measure, rest, size, bold, room());
        lines.push(rest.slice(0, length));
        rest = rest.slice(length);
        wide = widthOf(rest);
      }
      line = rest;
      taken = wide;
    }
    lines.push(line);
  }
  return lines;
}
