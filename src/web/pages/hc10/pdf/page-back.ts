import type { BackPart } from '../sheet.js';
import { CONTENT, type Measure, type PdfBlock, type PdfMark, type PdfPage } from './pdf-page.js';
import { wrapText } from './wrap-text.js';

/** Sizes of the letters, the largest that fits on the page is taken; the last one may need more pages. */
const SIZES = [14, 13, 12, 11, 10, 9] as const;
const QR = 104;

class BackWriter {
  readonly pages: PdfBlock[][] = [[]];
  y: number = CONTENT.top;

  constructor(
    readonly measure: Measure,
    readonly size: number,
  ) {}

  get line(): number {
    return this.size * 1.25;
  }

  /** Goes to a new page when there is no room for so much. */
  need(height: number): void {
    if (this.y + height <= CONTENT.bottom || this.pages.at(-1)?.length === 0) return;
    this.pages.push([]);
    this.y = CONTENT.top;
  }

  add(tag: PdfBlock['tag'], marks: readonly PdfMark[], alt?: string): void {
    this.pages.at(-1)?.push({ tag, marks, ...(alt === undefined ? {} : { alt }) });
  }

  paragraph(
    tag: PdfBlock['tag'],
    text: string,
    options: { size?: number; bold?: boolean; x?: number; width?: number } = {},
  ): void {
    const { size = this.size, bold = false, x = CONTENT.left, width = CONTENT.left + CONTENT.width - x } = options;
    let marks: PdfMark[] = [];
    for (const line of wrapText(this.measure, this.measure.printable(text), { size, bold, width })) {
      if (this.y + size * 1.25 > CONTENT.bottom && marks.length > 0) {
        this.add(tag, marks);
        marks = [];
      }
      this.need(size * 1.25);
      marks.push({ kind: 'text', x, y: this.y, text: line, size, bold });
      this.y += size * 1.25;
    }
    if (marks.length > 0) this.add(tag, marks);
  }

  boxes({ label, boxes }: Extract<BackPart, { kind: 'boxes' }>): void {
    const { size } = this;
    const marks: PdfMark[] = [{ kind: 'text', x: CONTENT.left, y: this.y, text: `${label}: `, size, bold: true }];
    let x = CONTENT.left + this.measure.width(`${label}: `, size, true);
    for (const { text, ticked } of boxes) {
      const room = size + 4 + this.measure.width(text, size);
      if (x + room > CONTENT.left + CONTENT.width) {
        this.y += this.line;
        x = CONTENT.left;
      }
      marks.push({ kind: 'box', x, y: this.y + size * 0.15, size: size * 0.8, ticked });
      marks.push({ kind: 'text', x: x + size + 1, y: this.y, text, size, bold: false });
      x += room + size;
    }
    this.add('P', marks);
    this.y += this.line;
  }

  follow({ address, label, how, code, asks }: Extract<BackPart, { kind: 'follow' }>): void {
    this.need(QR + 4);
    const top = this.y;
    this.add('Figure', [{ kind: 'qr', x: CONTENT.left, y: top, size: QR, text: address }], label);
    const place = { x: CONTENT.left + QR + 14 };
    this.paragraph('P', how, place);
    this.paragraph('P', code, { ...place, size: this.size * 1.7, bold: true });
    this.paragraph('P', asks, place);
    this.y = Math.max(this.y, top + QR + 4);
  }

  part(part: BackPart): void {
    switch (part.kind) {
      case 'heading':
        this.y += this.size * 0.5;
        this.need(this.line * 2.5);
        return this.paragraph('H2', part.text, { size: this.size * 1.15, bold: true });
      case 'text':
        return this.paragraph('P', part.text, { bold: part.strong ?? false });
      case 'items':
        for (const item of part.items) this.paragraph('LI', `• ${item}`, { x: CONTENT.left + 10 });
        return;
      case 'boxes':
        return this.boxes(part);
      case 'follow':
        return this.follow(part);
    }
  }
}

/** The page for the patient, in letters as large as one page allows. */
export function backPages(measure: Measure, parts: readonly BackPart[]): readonly PdfPage[] {
  let written: BackWriter | undefined;
  for (const size of SIZES) {
    written = new BackWriter(measure, size);
    for (const part of parts) written.part(part);
    if (written.pages.length === 1) break;
  }
  return (written?.pages ?? []).map((blocks) => ({ blocks }));
}
