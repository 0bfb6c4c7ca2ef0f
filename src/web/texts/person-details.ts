import type { Texts } from '../language.js';

/** What to do differently for a person, in whole sentences. */
export const PERSON_DETAILS = {
  interpreter: { es: 'Necesita intérprete.', en: 'Needs an interpreter.' },
  interpreterOf: { es: 'Necesita intérprete de {language}.', en: 'Needs an interpreter of {language}.' },
  prefers: { es: 'Prefiere hablar {language}.', en: 'Prefers to speak {language}.' },
  doesNotRead: { es: 'No lee: explíquele hablando.', en: 'Does not read: explain in words.' },
  readsWithHelp: { es: 'Lee con ayuda: explíquele también hablando.', en: 'Reads with help: explain in words too.' },
  disability: { es: 'Discapacidad: {kinds}.', en: 'Disability: {kinds}.' },
  hardToReach: {
    es: 'Vive en un lugar de difícil acceso: piense en el viaje al dar la cita.',
    en: 'Lives in a place that is hard to reach: think of the journey when booking.',
  },
} as const satisfies Texts;
