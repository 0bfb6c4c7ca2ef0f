import type { FieldRow } from './field.js';

interface SideOperation {
  readonly es: string;
  readonly en: string;
  /** What it must or may carry, `actor` aside. */
  readonly fields: readonly FieldRow[];
}

/**
 * Operations on side Tasks of a referral: no moves, the state stays; they leave Provenance as moves do. Their names are
 * codes of `referral-operation` beside the moves.
 */
export const SIDE_OPERATIONS = {
  'complete-item': {
    es: 'anotar un punto del plan',
    en: 'note a point of the plan',
    fields: [
      { name: 'done', kinds: ['boolean'], required: true },
      { name: 'reason', kinds: ['string'] },
    ],
  },
  'complete-notice': {
    es: 'atender un aviso',
    en: 'see to a notice',
    fields: [{ name: 'found', kinds: ['string'], required: true }],
  },
} as const satisfies Record<string, SideOperation>;

export type SideOperationName = keyof typeof SIDE_OPERATIONS;
