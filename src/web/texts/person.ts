import type { Texts } from '../language.js';

/** Words for a person's name, age, sex and numbers. */
export const PERSON = {
  unknownName: { es: 'Nombre desconocido', en: 'Name unknown' },
  unknownAge: { es: 'edad desconocida', en: 'age unknown' },
  aboutYears: { es: 'unos {n} años', en: 'about {n} years' },
  years: { es: '{n} años', en: '{n} years' },
  months: { es: '{n} meses', en: '{n} months' },
  month: { es: '{n} mes', en: '{n} month' },
  days: { es: '{n} días', en: '{n} days' },
  day: { es: '{n} día', en: '{n} day' },
  dni: { es: 'DNI', en: 'DNI' },
  passport: { es: 'Pasaporte', en: 'Passport' },
  record: { es: 'Expediente', en: 'Record' },
  temporary: { es: 'Número temporal', en: 'Temporary number' },
  allergyAlarm: { es: 'ALERGIAS', en: 'ALLERGIES' },
  grave: { es: 'grave', en: 'severe' },
  female: { es: 'Mujer', en: 'Female' },
  male: { es: 'Hombre', en: 'Male' },
  other: { es: 'Otro', en: 'Other' },
  unknown: { es: 'Sexo desconocido', en: 'Sex unknown' },
} as const satisfies Texts;
