import type { Words } from '../words.js';

/** What the service does by itself to a referral without moving it; codes of `referral-operation` beside the moves. */
export const SERVICE_ACTS = {
  escalate: { es: 'Venció su plazo y se avisó', en: 'It passed its term and somebody was told' },
} as const satisfies Record<string, Words>;

export type ServiceAct = keyof typeof SERVICE_ACTS;
