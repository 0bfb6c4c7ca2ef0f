import type { Words } from '../words.js';

interface ConditionRow extends Words {
  /** Known from the referral itself, before anybody asks for a move; the others stand in what a move carries. */
  readonly standing: boolean;
}

/** Facts that choose between edges of one state and operation. */
export const CONDITIONS = {
  emergency: { es: 'prioridad `stat`', en: 'priority `stat`', standing: false },
  advice: { es: 'solo recomendación', en: 'advice only', standing: false },
  onward: { es: 'referido a otro', en: 'referred onward', standing: false },
  died: { es: 'falleció', en: 'died', standing: false },
  'care-given': { es: 'hubo atención', en: 'care was given', standing: true },
  'no-care': { es: 'no hubo atención', en: 'no care was given', standing: true },
  order: { es: 'es referencia, no interconsulta', en: 'a referral, no advice request', standing: true },
  authorised: {
    es: 'interconsulta que el origen autorizó a convertir',
    en: 'advice request whose conversion the origin authorised',
    standing: true,
  },
} as const satisfies Record<string, ConditionRow>;

export type Condition = keyof typeof CONDITIONS;

export const ALL_CONDITIONS = Object.keys(CONDITIONS) as readonly Condition[];

/** True for a fact that the referral itself tells. */
export const isStanding = (condition: Condition | undefined): boolean =>
  condition !== undefined && CONDITIONS[condition].standing;
