import type { Language } from '../../language.js';

/** A box to tick. */
export interface SheetBox {
  readonly text: string;
  readonly ticked: boolean;
}

/** A named value, a line for the pen where there is none, or boxes. */
export type SheetPart =
  | {
      readonly kind: 'cell';
      readonly label: string;
      readonly value?: string;
      /** Takes the whole line. */
      readonly wide: boolean;
    }
  | { readonly kind: 'boxes'; readonly label?: string; readonly boxes: readonly SheetBox[] };

export interface SheetSection {
  readonly title: string;
  readonly parts: readonly SheetPart[];
}

/** A part of the page that the patient takes home. */
export type BackPart =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly strong?: true }
  | { readonly kind: 'items'; readonly items: readonly string[] }
  | { readonly kind: 'boxes'; readonly label: string; readonly boxes: readonly SheetBox[] }
  /** QR code to follow the referral, the same code in letters, and what else it asks for. */
  | {
      readonly kind: 'follow';
      readonly address: string;
      readonly label: string;
      readonly code: string;
      readonly how: string;
      readonly asks: string;
    };

/** The sheet as it is printed, in one language: HTML and PDF are drawn from it, and nothing else. */
export interface Sheet {
  readonly language: Language;
  readonly title: string;
  readonly form: string;
  readonly number: string;
  readonly marks: readonly SheetBox[];
  /** What must be seen first: who keeps the patient. */
  readonly notice?: string;
  readonly front: readonly SheetSection[];
  readonly attached: readonly SheetSection[];
  readonly back: readonly BackPart[];
}
