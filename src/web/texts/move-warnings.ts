import type { Texts } from '../language.js';

/** What a move warned about, by the code of the finding; the page says it after the move was made. */
export const MOVE_WARNINGS = {
  'same-day-visit': {
    es: 'La persona tiene otra cita ese día en otro establecimiento. Confirme que puede ir a las dos.',
    en: 'The person has another appointment on that day at another facility. Make sure that both are possible.',
  },
  'practitioner-busy': {
    es: 'Quien atiende ya tiene otra visita a esa hora. Confirme que puede atender las dos.',
    en: 'Whoever attends has another visit at that time already. Make sure that both are possible.',
  },
  'redirect-returns': {
    es: 'Ese establecimiento ya tuvo esta referencia y la pasó a otro. Llame para que la espere.',
    en: 'That facility had this referral already and passed it on. Call, so that they expect it.',
  },
} as const satisfies Texts;
