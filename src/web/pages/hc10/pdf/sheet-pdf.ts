import { createRequire } from 'node:module';
import { once } from 'node:events';
import type PDFDocument from 'pdfkit';
import { qrModules } from '../../../components/qr-code.js';
import { sayIn } from '../../../language.js';
import { SHEET } from '../../../texts/hc10-sheet.js';
import type { Sheet } from '../sheet.js';
import { backPages } from './page-back.js';
import { frontPage } from './page-front.js';
import { pagesBehind } from './pages-behind.js';
import { CONTENT, LETTER, type Measure, type PdfBlock, type PdfMark, type PdfPage } from './pdf-page.js';

type Pdf = InstanceType<typeof PDFDocument>;

const { resolve } = createRequire(import.meta.url);
const FONTS = {
  plain: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
} as const;

/** Page on which long texts go on: behind the form and the page for the patient. */
const BEHIND = 3;
const FOOT_SIZE = 7;
/** Size at which widths are measured. */
const UNIT = 10;
/** Stands for a character that the font does not have, so that a gap is seen. */
const MISSING = '\u25A1';

/** Fontkit's part of an embedded font that tells what it can draw; the types of pdfkit leave it out. */
interface Embedded {
  readonly _font: { readonly font: { hasGlyphForCodePoint(point: number): boolean } };
}

/** Longer pieces do not come again: they are not kept. */
const MOST_KNOWN = 60;

function measureOf(pdf: Pdf): Measure {
  pdf.font('plain');
  const { font } = (pdf as unknown as Embedded)._font;
  // The form is laid out several times until it fits: a word is measured once.
  const known = new Map<string, number>();
  return {
    width(text, size, bold = false) {
      const key = `${bold ? 'b' : 'p'}${text}`;
      const unit =
        known.get(key) ??
        pdf
          .font(bold ? 'bold' : 'plain')
          .fontSize(UNIT)
          .widthOfString(text) / UNIT;
      if (text.length <= MOST_KNOWN) known.set(key, unit);
      return unit * size;
    },
    printable: (text) =>
      Array.from(text.replace(/\t/g, ' '))
        .map((one) => (one === '\n' || font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0) ? one : MISSING))
        .join(''),
  };
}

function drawQr(pdf: Pdf, { x, y, size, text }: Extract<PdfMark, { kind: 'qr' }>): void {
  const rows = qrModules(text);
  const step = size / rows.length;
  for (const [row, modules] of rows.entries())
    for (const [column, dark] of modules.entries()) if (dark) pdf.rect(x + column * step, y + row * step, step, step);
  pdf.fill('black');
}

function draw(pdf: Pdf, mark: PdfMark): void {
  switch (mark.kind) {
    case 'text':
      if (mark.text === '') return;
      pdf
        .font(mark.bold ? 'bold' : 'plain')
        .fontSize(mark.size)
        .text(mark.text, mark.x, mark.y, { lineBreak: false });
      return;
    case 'rule':
      pdf
        .moveTo(mark.x, mark.y)
        .lineTo(mark.x + mark.width, mark.y)
        .lineWidth(0.5)
        .stroke();
      return;
    case 'box':
      pdf.rect(mark.x, mark.y, mark.size, mark.size).lineWidth(0.6).stroke();
      // The cross is a letter: a reader of the text hears which box is ticked.
      if (mark.ticked)
        pdf
          .font('bold')
          .fontSize(mark.size)
          .text('X', mark.x + mark.size * 0.14, mark.y - mark.size * 0.08, { lineBreak: false });
      return;
    case 'qr':
      drawQr(pdf, mark);
  }
}

const tagged = (pdf: Pdf, { tag, marks, alt }: PdfBlock) =>
  pdf.struct(tag, alt === undefined ? {} : { alt }, () => {
    for (const mark of marks) draw(pdf, mark);
  });

/** Foot of a page: which sheet it is of, and which page. It is no part of the text that is read out. */
function drawFoot(pdf: Pdf, sheet: Sheet, page: number, pages: number): void {
  const words = sayIn(sheet.language)(SHEET.page, { page, pages });
  pdf.markContent('Artifact', { type: 'Pagination' });
  draw(pdf, {
    kind: 'text',
    x: CONTENT.left,
    y: CONTENT.bottom + 4,
    text: `${sheet.title} · ${words}`,
    size: FOOT_SIZE,
    bold: false,
  });
  pdf.endMarkedContent();
}

/** The pages of a sheet: the form, the page for the patient, then what goes on behind. */
function pagesOf(measure: Measure, sheet: Sheet): readonly PdfPage[] {
  const say = sayIn(sheet.language);
  const front = frontPage(measure, sheet, say(SHEET.seeContinuation, { page: BEHIND }));
  const behind = pagesBehind(measure, sheet, front, {
    continuation: say(SHEET.continuation),
    attachments: say(SHEET.attachments),
  });
  return [front.page, ...backPages(measure, sheet.back), ...behind];
}

/**
 * The printed sheet as PDF (Letter): text that can be selected, embedded fonts, tagged, with its language and title. The same
 * sheet at the same moment gives the same pages.
 * @param at moment of printing
 */
export async function sheetPdf(sheet: Sheet, at: Date): Promise<Buffer> {
  // Only who prints pays for loading the library.
  const { default: Document } = await import('pdfkit');
  const pdf = new Document({
    size: [LETTER.width, LETTER.height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: sheet.language === 'es' ? 'es-HN' : 'en',
    info: { Title: sheet.title, Subject: sheet.form, CreationDate: at, ModDate: at },
  });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = once(pdf, 'end');
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, resolve(file));
  const pages = pagesOf(measureOf(pdf), sheet);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  for (const [index, { blocks }] of pages.entries()) {
    pdf.addPage();
    const part = pdf.struct('Sect');
    root.add(part);
    for (const block of blocks) part.add(tagged(pdf, block));
    part.end();
    drawFoot(pdf, sheet, index + 1, pages.length);
  }
  root.end();
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}
