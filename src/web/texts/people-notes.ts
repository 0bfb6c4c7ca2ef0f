import type { Texts } from '../language.js';

/** Texts of noting an allergy and a problem. */
export const NOTES = {
  allergyTitle: { es: 'Anotar alergia', en: 'Note an allergy' },
  problemTitle: { es: 'Anotar problema de salud', en: 'Note a health problem' },
  about: { es: 'Paciente: {name}', en: 'Patient: {name}' },
  which: { es: '¿A qué tiene alergia?', en: 'Allergic to what?' },
  other: { es: 'Otra cosa', en: 'Something else' },
  none: { es: 'Preguntamos y no tiene alergias conocidas', en: 'We asked: no known allergies' },
  substance: { es: 'Si es otra cosa, ¿cuál?', en: 'If something else, which?' },
  substanceHint: { es: 'Por ejemplo: dipirona, camarones, látex.', en: 'For example: dipyrone, prawns, latex.' },
  reaction: { es: '¿Qué le pasa?', en: 'What happens?' },
  reactionHint: { es: 'Por ejemplo: ronchas, se le cierra el pecho.', en: 'For example: rash, tight chest.' },
  gravity: { es: '¿Puede ser peligrosa?', en: 'Can it be dangerous?' },
  high: { es: 'Sí: puso o puede poner en peligro la vida', en: 'Yes: it has put or may put life at risk' },
  low: { es: 'No: molesta, pero no es peligrosa', en: 'No: unpleasant, not dangerous' },
  unsure: { es: 'No se sabe', en: 'Not known' },
  saveAllergy: { es: 'Guardar alergia', en: 'Save the allergy' },
  whichMissing: {
    es: 'Elija a qué tiene alergia, o que no tiene.',
    en: 'Choose what the allergy is to, or that there is none.',
  },
  substanceMissing: { es: 'Escriba a qué tiene alergia.', en: 'Write what the allergy is to.' },
  hasAllergies: {
    es: 'Ya hay alergias anotadas. Si alguna está mal, pida a quien la anotó que la corrija.',
    en: 'Allergies are noted already. If one is wrong, ask whoever noted it to correct it.',
  },
  problem: { es: 'Problema o enfermedad', en: 'Problem or disease' },
  problemHint: {
    es: 'Con palabras o con su código CIE-10: diabetes tipo 2, o E11.9.',
    en: 'In words or by its ICD-10 code: type 2 diabetes, or E11.9.',
  },
  problemMissing: { es: 'Escriba el problema.', en: 'Write the problem.' },
  onset: { es: '¿Desde cuándo?', en: 'Since when?' },
  onsetHint: { es: 'Si solo sabe el año, escriba solo el año.', en: 'If you only know the year, write only the year.' },
  onsetOutside: { es: 'Esa fecha no puede ser. Revise el año.', en: 'That date cannot be. Check the year.' },
  certainty: { es: '¿Qué tan seguro es?', en: 'How certain?' },
  confirmed: { es: 'Confirmado', en: 'Confirmed' },
  provisional: { es: 'Sospecha', en: 'Suspected' },
  certaintyMissing: {
    es: 'Elija si está confirmado o es sospecha.',
    en: 'Choose whether it is confirmed or suspected.',
  },
  saveProblem: { es: 'Guardar problema', en: 'Save the problem' },
  back: { es: 'Volver al expediente', en: 'Back to the record' },
} as const satisfies Texts;
