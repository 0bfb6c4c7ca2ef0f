import type { Texts } from '../language.js';

/** Preventive care that is overdue, beside a referral. */
export const PREVENTION = {
  title: { es: 'Aproveche la visita: le falta', en: 'Use the visit: overdue' },
  vaccine: { es: '{vaccine}, dosis {dose}: tocaba el {when}', en: '{vaccine}, dose {dose}: was due on {when}' },
  visit: {
    es: 'Control prenatal {visit}: tocaba hasta el {when} (va en la semana {weeks})',
    en: 'Prenatal visit {visit}: was due by {when} (now in week {weeks})',
  },
} as const satisfies Texts;
