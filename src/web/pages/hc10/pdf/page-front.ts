import type { Sheet, SheetSection } from '../sheet.js';
import { type Flow, flowSections, FORM_LINE, FORM_SIZE, type Rest } from './flow-sections.js';
import { CONTENT, type Measure, type PdfBlock, type PdfMark, type PdfPage } from './pdf-page.js';

/** The form on its page, and what goes on behind. */
export interface FrontPage {
  readonly page: PdfPage;
  readonly rests: readonly Rest[];
  /** Sections for which the page has no room at all. */
  readonly left: readonly SheetSection[];
}

const HEAD_SIZE = 9;
const HEAD_LINE = 13;
/** Sizes of the letters, the largest with which all of it fits is taken. */
const SIZES = [9.5, 9, 8.5, 8] as const;
/** Most lines of one value that are tried first, and fewest: one line and the words that it goes on. */
const MOST_LINES = 60;
const FEWEST_LINES = 2;

/** Line with the name of the form, its ticks and its number. */
function headBlocks(
  measure: Measure,
  { form, marks: boxes, number, notice }: Sheet,
): { blocks: PdfBlock[]; y: number } {
  let { top: y } = CONTENT;
  const text = (words: string, x: number, bold = false): PdfMark => ({
    kind: 'text',
    x,
    y,
    text: words,
    size: HEAD_SIZE,
    bold,
  });
  const numbered = measure.width(number, HEAD_SIZE, true);
  const ticks: PdfMark[] = [];
  let x = CONTENT.left + measure.width(form, HEAD_SIZE, true) + 16;
  for (const box of boxes) {
    ticks.push({ kind: 'box', x, y: y + 1.5, size: 7.5, ticked: box.ticked }, text(box.text, x + 11));
    x += 11 + measure.width(box.text, HEAD_SIZE) + 12;
  }
  const blocks: PdfBlock[] = [
    { tag: 'H1', marks: [text(form, CONTENT.left, true), text(number, CONTENT.left + CONTENT.width - numbered, true)] },
    { tag: 'P', marks: ticks },
  ];
  y += HEAD_LINE;
  if (notice !== undefined) {
    const words = measure.printable(notice);
    blocks.push({
      tag: 'P',
      marks: [{ kind: 'text', x: CONTENT.left, y, text: words, size: FORM_SIZE + 1, bold: true }],
    });
    y += FORM_LINE + 2;
  }
  return { blocks, y };
}

/**
 * The form on one page, in letters as large as it allows: long texts are shortened alike until all of it fits, and go on
 * behind. When even that is not enough, the last blocks go behind whole.
 * @param goesOn words in the place of what goes on
 */
export function frontPage(measure: Measure, sheet: Sheet, goesOn: string): FrontPage {
  const head = headBlocks(measure, sheet);
  const tried = (sections: readonly SheetSection[], limit: number, size = FORM_SIZE): Flow =>
    flowSections(measure, sections, head.y, { limit, goesOn, size });
  const fits = ({ y }: Flow): boolean => y <= CONTENT.bottom;
  const page = ({ blocks }: Flow): PdfPage => ({ blocks: [...head.blocks, ...blocks] });
  for (const size of SIZES) {
    const large = tried(sheet.front, Infinity, size);
    if (fits(large)) return { page: page(large), rests: [], left: [] };
  }
  let [fewest, most] = [FEWEST_LINES, MOST_LINES];
  // The fewer lines, the shorter the page: the largest limit with which all of it fits.
  while (fewest < most) {
    const middle = Math.ceil((fewest + most) / 2);
    if (fits(tried(sheet.front, middle))) fewest = middle;
    else most = middle - 1;
  }
  const whole = tried(sheet.front, fewest);
  if (fits(whole)) return { page: page(whole), rests: whole.rests, left: [] };
  for (let count = sheet.front.length - 1; count > 0; count -= 1) {
    const flow = tried(sheet.front.slice(0, count), FEWEST_LINES);
    if (fits(flow)) return { page: page(flow), rests: flow.rests, left: sheet.front.slice(count) };
  }
  return { page: { blocks: head.blocks }, rests: [], left: sheet.front };
}
