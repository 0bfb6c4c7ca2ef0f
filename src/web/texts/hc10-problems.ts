import type { Hc10Field } from '../../referral/hc10/hc10-fields.js';
import type { Texts } from '../language.js';
import type { Words } from '../../words.js';

/** What is wrong with a field of the form HC-10, whatever the field. */
export const HC10_PROBLEMS = {
  missing: { es: 'Falta: {field}.', en: 'Missing: {field}.' },
  tooLong: {
    es: '{field}: use como máximo {most} letras. Usted escribió {count}.',
    en: '{field}: use at most {most} characters. You wrote {count}.',
  },
  characters: {
    es: '{field}: tiene un carácter que no se puede guardar. Bórrelo y escríbalo de nuevo.',
    en: '{field}: it has a character that cannot be kept. Delete it and write it again.',
  },
  code: { es: '{field}: elija una de las opciones.', en: '{field}: choose one of the options.' },
  number: {
    es: '{field}: escriba un número entre {low} y {high}.',
    en: '{field}: write a number between {low} and {high}.',
  },
  whole: {
    es: '{field}: escriba un número entero entre {low} y {high}.',
    en: '{field}: write a whole number between {low} and {high}.',
  },
  day: { es: '{field}: escriba una fecha como 2026-11-22.', en: '{field}: write a date such as 2026-11-22.' },
  moment: {
    es: '{field}: escriba fecha y hora como 2026-11-22 10:30.',
    en: '{field}: write date and time such as 2026-11-22 10:30.',
  },
  both: {
    es: 'Escriba la presión completa: la alta y la baja.',
    en: 'Write the whole blood pressure: systolic and diastolic.',
  },
  which: { es: 'Escriba en qué otra atención.', en: 'Write which other care.' },
  whichAuthor: { es: 'Escriba quién llena el formulario.', en: 'Write who fills the form.' },
  agent: { es: 'Escriba el nombre del agente comunitario.', en: "Write the community agent's name." },
  companion: { es: 'Escriba el nombre del acompañante.', en: "Write the companion's name." },
  contact: {
    es: 'Diga si habló con el establecimiento: sí o no.',
    en: 'Say whether you talked to the facility: yes or no.',
  },
} as const satisfies Texts;

/** What to do about a field that must be filled in. */
export const HC10_MISSING: Readonly<Partial<Record<Hc10Field, Words>>> = {
  destino: { es: 'Elija el establecimiento al que refiere.', en: 'Choose the facility you refer to.' },
  especialidad: { es: 'Elija el servicio o la especialidad.', en: 'Choose the service or specialty.' },
  amerita: { es: 'Elija en qué amerita atención.', en: 'Choose the care needed.' },
  prioridad: { es: 'Diga si puede esperar su turno.', en: 'Say whether it can wait its turn.' },
  motivo: { es: 'Marque el motivo del envío.', en: 'Mark the reason for sending.' },
  pregunta: {
    es: 'Escriba la pregunta que el hospital debe responder.',
    en: 'Write the question the hospital must answer.',
  },
  justificacion: { es: 'Escriba por qué no puede esperar.', en: 'Write why it cannot wait.' },
  resumen: { es: 'Escriba el resumen clínico.', en: 'Write the clinical summary.' },
  diagnostico: { es: 'Escriba la impresión diagnóstica.', en: 'Write the diagnosis.' },
  riesgo: { es: 'Diga si el paciente está con riesgo o sin riesgo.', en: 'Say whether the patient is at risk.' },
};
