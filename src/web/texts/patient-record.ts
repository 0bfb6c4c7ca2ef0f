import type { Texts } from '../language.js';

/** Texts of the own record, for people who read little. */
export const RECORD = {
  title: { es: 'Mi expediente', en: 'My record' },
  first: { es: 'Lo que sigue', en: 'What comes next' },
  seeReferral: { es: 'Ver todo sobre esta referencia', en: 'See all about this referral' },
  nothingNext: { es: 'No tiene nada pendiente', en: 'Nothing is waiting for you' },
  nothingNextText: {
    es: 'Cuando tenga una cita o una respuesta del hospital, la verá aquí.',
    en: 'When you have an appointment or an answer of the hospital, you will see it here.',
  },
  allergies: { es: 'Mis alergias', en: 'My allergies' },
  noAllergies: { es: 'No hay alergias anotadas.', en: 'No allergies are noted.' },
  noAllergiesText: {
    es: 'Eso no quiere decir que no tenga. Si algo le cae mal, dígalo en su centro de salud.',
    en: 'That does not mean that you have none. If something harms you, tell your health centre.',
  },
  askedNone: {
    es: 'Le preguntaron y usted dijo que no tiene alergias.',
    en: 'You were asked and said that you have no allergies.',
  },
  allergyTell: {
    es: 'Dígalo siempre antes de que le den una medicina.',
    en: 'Always say so before you are given a medicine.',
  },
  problems: { es: 'Mis enfermedades y problemas', en: 'My illnesses and problems' },
  noProblems: {
    es: 'No hay enfermedades anotadas aquí.',
    en: 'No illnesses are noted here.',
  },
  medicines: { es: 'Mis medicinas', en: 'My medicines' },
  noMedicines: { es: 'No hay medicinas anotadas aquí.', en: 'No medicines are noted here.' },
  noMedicinesText: {
    es: 'Si toma alguna, dígalo en su próxima visita.',
    en: 'If you take any, say so at your next visit.',
  },
  doctorName: { es: 'Nombre médico', en: 'Medical name' },
  noPlainName: { es: 'Un problema de salud', en: 'A health problem' },
  studies: { es: 'Mis estudios', en: 'My tests' },
  studiesIntro: {
    es: 'Resultados de laboratorio y de imágenes, los más nuevos primero. Su médico le dice qué significan.',
    en: 'Results of laboratory and images, the newest first. Your doctor tells you what they mean.',
  },
  noStudies: { es: 'No hay estudios anotados', en: 'No tests are noted' },
  noStudiesText: {
    es: 'Los que se hizo en otro lugar pueden faltar aquí. Guarde sus papeles.',
    en: 'Those you had elsewhere may be missing here. Keep your papers.',
  },
  vaccines: { es: 'Mis vacunas', en: 'My vaccines' },
  vaccinesIntro: {
    es: 'Vacunas anotadas, las más nuevas primero. Guarde también su carné.',
    en: 'Vaccines noted, the newest first. Keep your card too.',
  },
  noVaccines: { es: 'No hay vacunas anotadas', en: 'No vaccines are noted' },
  noVaccinesText: {
    es: 'Puede que estén solo en su carné. Llévelo a su centro de salud para anotarlas.',
    en: 'They may stand only on your card. Take it to your health centre to have them noted.',
  },
  dose: { es: 'dosis {n}', en: 'dose {n}' },
  referrals: { es: 'Mis referencias', en: 'My referrals' },
  noReferrals: { es: 'No tiene referencias', en: 'You have no referrals' },
  noReferralsText: {
    es: 'Cuando su centro de salud le mande a un hospital, la verá aquí.',
    en: 'When your health centre sends you to a hospital, you will see it here.',
  },
  referralOf: { es: 'Referencia del {date}', en: 'Referral of {date}' },
  toHospital: { es: 'Para: {name}', en: 'To: {name}' },
  instructions: { es: 'Indicaciones para usted', en: 'Instructions for you' },
  warningSigns: { es: 'Señales de alarma', en: 'Warning signs' },
  warningSignsText: {
    es: 'Si tiene alguna de estas señales, vaya a la emergencia.',
    en: 'If you have any of these signs, go to the emergency room.',
  },
  answeredBy: { es: '{place}, {date}', en: '{place}, {date}' },
  data: { es: 'Mis datos', en: 'My data' },
  name: { es: 'Nombre', en: 'Name' },
  birthDate: { es: 'Fecha de nacimiento', en: 'Birth date' },
  numbers: { es: 'Números', en: 'Numbers' },
  phone: { es: 'Teléfono', en: 'Telephone' },
  address: { es: 'Dirección', en: 'Address' },
  languages: { es: 'Idioma', en: 'Language' },
  unknown: { es: 'No está anotado', en: 'Not noted' },
  user: { es: 'Usuario', en: 'User name' },
  guardian: { es: 'Usa la cuenta', en: 'The account is used by' },
  guardianOf: { es: '{name} ({relationship})', en: '{name} ({relationship})' },
  wrongData: { es: '¿Hay un error?', en: 'Is something wrong?' },
  wrongDataText: {
    es: 'Vaya a su centro de salud con su identidad. Ahí corrigen sus datos y su teléfono.',
    en: 'Go to your health centre with your identity card. They correct your data and telephone there.',
  },
  forgotten: { es: '¿Olvidó su contraseña?', en: 'You forgot your password?' },
  forgottenText: {
    es: 'Pida en su centro de salud un código nuevo para su cuenta.',
    en: 'Ask your health centre for a new code for your account.',
  },
} as const satisfies Texts;
