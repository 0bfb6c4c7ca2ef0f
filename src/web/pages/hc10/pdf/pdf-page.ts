/** Letter, in points (ISO 32000-1: 72 to an inch). */
export const LETTER = { width: 612, height: 792 } as const;
/** White edge that every printer leaves, in points. */
export const MARGIN = 28;
/** Height of the line at the foot of each page. */
export const FOOT = 14;
export const CONTENT = {
  left: MARGIN,
  top: MARGIN,
  width: LETTER.width - 2 * MARGIN,
  bottom: LETTER.height - MARGIN - FOOT,
} as const;

/** Something drawn at a place; `y` is the top. */
export type PdfMark =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly bold: boolean;
    }
  | { readonly kind: 'rule'; readonly x: number; readonly y: number; readonly width: number }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly size: number; readonly ticked: boolean }
  | { readonly kind: 'qr'; readonly x: number; readonly y: number; readonly size: number; readonly text: string };

/** What belongs together for somebody who hears the page read: a tagged unit (ISO 32000-1, 14.8.4). */
export interface PdfBlock {
  readonly tag: 'H1' | 'H2' | 'P' | 'LI' | 'Figure';
  readonly marks: readonly PdfMark[];
  /** Words for a figure. */
  readonly alt?: string;
}

export interface PdfPage {
  readonly blocks: readonly PdfBlock[];
}

/** Widths of the fonts. */
export interface Measure {
  /** Width in points. */
  width(text: string, size: number, bold?: boolean): number;
  /** The same text with a sign in the place of what the font does not have. */
  printable(text: string): string;
}
