import type { Sheet, SheetSection } from '../sheet.js';
import { flowSections, FORM_LINE, FORM_SIZE, type Rest } from './flow-sections.js';
import { CONTENT, type Measure, type PdfBlock, type PdfMark, type PdfPage } from './pdf-page.js';

const TITLE_SIZE = 10;
const TITLE_LINE = 16;

/** Words of the pages behind the form. */
export interface BehindWords {
  readonly continuation: string;
  readonly attachments: string;
}

/** Fills pages from top to bottom. */
class Pages {
  readonly pages: PdfPage[] = [];
  #blocks: PdfBlock[] = [];
  #y: number = CONTENT.top;

  constructor(private readonly number: string) {}

  #open(title: string): void {
    const text = (words: string, bold: boolean, x: number): PdfMark => ({
      kind: 'text',
      x,
      y: CONTENT.top,
      text: words,
      size: TITLE_SIZE,
      bold,
    });
    this.#blocks = [{ tag: 'H1', marks: [text(`${title} · ${this.number}`, true, CONTENT.left)] }];
    this.#y = CONTENT.top + TITLE_LINE;
  }

  close(): void {
    if (this.#blocks.length > 0) this.pages.push({ blocks: this.#blocks });
    this.#blocks = [];
  }

  start(title: string): void {
    this.close();
    this.#open(title);
  }

  /** One label with its lines, over as many pages as it takes. */
  rest({ label, lines }: Rest, title: string): void {
    if (this.#y + 2 * FORM_LINE > CONTENT.bottom) this.start(title);
    const line = (text: string, bold: boolean): PdfMark => {
      const mark: PdfMark = { kind: 'text', x: CONTENT.left, y: this.#y, text, size: FORM_SIZE, bold };
      this.#y += FORM_LINE;
      return mark;
    };
    let marks: PdfMark[] = [line(label, true)];
    for (const text of lines) {
      if (this.#y + FORM_LINE > CONTENT.bottom) {
        this.#blocks.push({ tag: 'P', marks });
        this.start(title);
        marks = [];
      }
      marks.push(line(text, false));
    }
    this.#blocks.push({ tag: 'P', marks });
    this.#y += FORM_LINE / 2;
  }

  /** One section whole, on the next page when it does not fit; texts longer than a page go on after it. */
  section(measure: Measure, section: SheetSection, title: string, goesOn: string): void {
    const laid = (y: number, limit: number) => flowSections(measure, [section], y, { limit, goesOn });
    let flow = laid(this.#y, Infinity);
    if (flow.y > CONTENT.bottom && this.#y > CONTENT.top + TITLE_LINE) {
      this.start(title);
      flow = laid(this.#y, Infinity);
    }
    for (let limit = 60; flow.y > CONTENT.bottom && limit >= 2; limit -= 1) flow = laid(this.#y, limit);
    this.#blocks.push(...flow.blocks);
    this.#y = flow.y;
    for (const rest of flow.rests) this.rest(rest, title);
  }
}

/** What goes on behind the form: the rests of long texts, blocks without room, and the attachments of the norm. */
export function pagesBehind(
  measure: Measure,
  { number, attached }: Pick<Sheet, 'number' | 'attached'>,
  { rests, left }: { readonly rests: readonly Rest[]; readonly left: readonly SheetSection[] },
  words: BehindWords,
): readonly PdfPage[] {
  const pages = new Pages(number);
  const goesOn = '…';
  if (rests.length + left.length > 0) pages.start(words.continuation);
  for (const rest of rests) pages.rest(rest, words.continuation);
  for (const section of left) pages.section(measure, section, words.continuation, goesOn);
  if (attached.length > 0) pages.start(words.attachments);
  for (const section of attached) pages.section(measure, section, words.attachments, goesOn);
  pages.close();
  return pages.pages;
}
