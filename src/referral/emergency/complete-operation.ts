import type { FieldRow } from '../field.js';

/**
 * The operation with which the origin adds its clinical part to a referral that was made after the arrival. It is no move of
 * the state table: the state stays, whatever it is.
 */
export const COMPLETE_OPERATION = {
  name: 'complete-order',
  es: 'completar la parte clínica',
  en: 'complete the clinical part',
  fields: [
    { name: 'summary', kinds: ['string'], required: true },
    { name: 'question', kinds: ['string'], required: true },
    { name: 'diagnosis', kinds: ['coded', 'string'], required: true },
    { name: 'recommendations', kinds: ['string'] },
  ],
} as const satisfies { name: string; es: string; en: string; fields: readonly FieldRow[] };
