import type { SheetBox, SheetPart, SheetSection } from '../sheet.js';
import { CONTENT, type Measure, type PdfBlock, type PdfMark } from './pdf-page.js';
import { wrapText } from './wrap-text.js';

/** Smallest letters of the form, in points, and the lines that they make. */
export const FORM_SIZE = 7.5;
const LINE = 1.28;
export const FORM_LINE = FORM_SIZE * LINE;
const GAP = 10;
/** Line for the pen after a label, and a box to tick, for letters of size 1. */
const PEN = 7.5;
const BOX = 0.87;
const RIGHT = CONTENT.left + CONTENT.width;

/** What did not fit at its place: it goes on on another page. */
export interface Rest {
  readonly label: string;
  readonly lines: readonly string[];
}

/** Sections laid out below each other. */
export interface Flow {
  readonly blocks: readonly PdfBlock[];
  /** Where the next thing may stand. */
  readonly y: number;
  readonly rests: readonly Rest[];
}

export interface FlowOptions {
  /** Size of the letters; `FORM_SIZE` when absent. */
  readonly size?: number;
  /** Most lines of one value. */
  readonly limit: number;
  /** Words in the place of what goes on elsewhere. */
  readonly goesOn: string;
}

/** A pen that writes from left to right and goes to a new line when there is no more room. */
class Writer {
  readonly blocks: PdfBlock[] = [];
  readonly rests: Rest[] = [];
  readonly size: number;
  readonly line: number;
  x: number = CONTENT.left;

  constructor(
    readonly measure: Measure,
    readonly options: FlowOptions,
    public y: number,
  ) {
    this.size = options.size ?? FORM_SIZE;
    this.line = this.size * LINE;
  }

  /** Height of a rule under words that begin at `y`. */
  get base(): number {
    return this.y + this.line * 0.82;
  }

  newLine(): void {
    if (this.x > CONTENT.left) this.y += this.line;
    this.x = CONTENT.left;
  }

  text(text: string, x: number, bold = false): PdfMark {
    return { kind: 'text', x, y: this.y, text, size: this.size, bold };
  }

  width(text: string, bold = false): number {
    return this.measure.width(text, this.size, bold);
  }

  /** Makes room for something that must not be broken. */
  need(width: number): void {
    if (this.x > CONTENT.left && this.x + width > RIGHT) this.newLine();
  }

  title(title: string): void {
    const y = this.y + this.line * 1.02;
    const rule: PdfMark = { kind: 'rule', x: CONTENT.left, y, width: CONTENT.width };
    this.blocks.push({ tag: 'H2', marks: [this.text(title, this.x, true), rule] });
    this.y += this.line * 1.15;
  }

  cell({ label, value, wide }: Extract<SheetPart, { kind: 'cell' }>): void {
    const name = this.measure.printable(`${label}: `);
    const named = this.width(name, true);
    const said = this.measure.printable(value ?? '');
    const short = !wide && !said.includes('\n') && named + this.width(said) <= CONTENT.width;
    if (short) {
      const room = named + (value === undefined ? PEN * this.size : this.width(said));
      this.need(room);
      const at = this.x + named;
      const mark: PdfMark =
        value === undefined
          ? { kind: 'rule', x: at, y: this.base, width: Math.min(PEN * this.size, RIGHT - at) }
          : this.text(said, at);
      this.blocks.push({ tag: 'P', marks: [this.text(name, this.x, true), mark] });
      this.x += room + GAP;
      return;
    }
    this.newLine();
    this.long(name, named, value === undefined ? undefined : said);
  }

  /** A value with lines of its own; what exceeds the limit is kept for another page. */
  long(name: string, named: number, said: string | undefined): void {
    const marks: PdfMark[] = [this.text(name, this.x, true)];
    const first = CONTENT.width - named;
    if (said === undefined) {
      marks.push({ kind: 'rule', x: this.x + named, y: this.base, width: first });
      this.y += this.line;
    } else {
      const lines = wrapText(this.measure, said, { size: this.size, width: CONTENT.width, first });
      const { limit, goesOn } = this.options;
      const shown = lines.length > limit ? [...lines.slice(0, limit - 1), goesOn] : lines;
      if (lines.length > limit) this.rests.push({ label: name, lines: lines.slice(limit - 1) });
      for (const [index, line] of shown.entries()) {
        marks.push(this.text(line, index === 0 ? this.x + named : this.x));
        this.y += this.line;
      }
    }
    this.blocks.push({ tag: 'P', marks });
    this.x = CONTENT.left;
  }

  boxes(label: string | undefined, boxes: readonly SheetBox[]): void {
    const box = BOX * this.size;
    const marks: PdfMark[] = [];
    if (label !== undefined) {
      const name = this.measure.printable(`${label}: `);
      this.need(this.width(name, true) + 60);
      marks.push(this.text(name, this.x, true));
      this.x += this.width(name, true);
    }
    for (const { text, ticked } of boxes) {
      const words = this.measure.printable(text);
      const room = box + 3 + this.width(words);
      this.need(room);
      marks.push({ kind: 'box', x: this.x, y: this.y + 0.8, size: box, ticked }, this.text(words, this.x + box + 3));
      this.x += room + GAP;
    }
    this.blocks.push({ tag: 'P', marks });
  }

  section({ title, parts }: SheetSection): void {
    this.title(title);
    for (const part of parts) {
      if (part.kind === 'cell') this.cell(part);
      else this.boxes(part.label, part.boxes);
    }
    this.newLine();
    this.y += 1.6;
  }
}

/** Lays sections out below each other, from `y` on. */
export function flowSections(
  measure: Measure,
  sections: readonly SheetSection[],
  y: number,
  options: FlowOptions,
): Flow {
  const writer = new Writer(measure, options, y);
  for (const section of sections) writer.section(section);
  return { blocks: writer.blocks, y: writer.y, rests: writer.rests };
}
