import type { Hc10Block } from '../../referral/hc10/hc10-field.js';
import type { Hc10Field } from '../../referral/hc10/hc10-fields.js';
import type { Texts } from '../language.js';
import type { Words } from '../../words.js';

/** Words of the printed sheet, as the old print of form HC-10 has them. */
export const SHEET = {
  title: { es: 'Hoja de referencia {number}', en: 'Referral sheet {number}' },
  form: { es: 'Secretaría de Salud · Formulario HC-10 (LN23:2019)', en: 'Ministry of Health · Form HC-10 (LN23:2019)' },
  answerTitle: { es: 'Hoja de respuesta {number}', en: 'Answer sheet {number}' },
  print: {
    es: 'Para imprimir, use la orden de imprimir de su navegador (Ctrl+P) o abra el PDF.',
    en: 'To print, use the print command of your browser (Ctrl+P) or open the PDF.',
  },
  pdf: { es: 'Abrir el PDF', en: 'Open the PDF' },
  toAnswer: { es: 'Ver la hoja de respuesta', en: 'See the answer sheet' },
  toReferral: { es: 'Ver la hoja de referencia', en: 'See the referral sheet' },
  backTo: { es: 'Volver a la referencia', en: 'Back to the referral' },
  referral: { es: 'Referencia', en: 'Referral' },
  interconsulta: { es: 'Interconsulta', en: 'Advice request' },
  keeps: {
    es: 'Interconsulta: se pide opinión. El paciente sigue a cargo de {place}.',
    en: 'Advice request: an opinion is asked for. The patient stays with {place}.',
  },
  answer: { es: 'Respuesta', en: 'Answer' },
  number: { es: 'N.º', en: 'No.' },
  pressure: { es: 'P/A', en: 'BP' },
  yes: { es: 'Sí', en: 'Yes' },
  no: { es: 'No', en: 'No' },
  attached: { es: 'Adjunto', en: 'Attached' },
  asked: { es: 'Se pide', en: 'Asked for' },
  allergiesUnknown: { es: 'No hay alergias anotadas', en: 'No allergies noted' },
  seeContinuation: { es: '… sigue en la página {page}', en: '… continues on page {page}' },
  continuation: { es: 'Continuación de la hoja', en: 'Continuation of the sheet' },
  attachments: { es: 'Adjuntos de la hoja', en: 'Attachments of the sheet' },
  page: { es: 'Página {page} de {pages}', en: 'Page {page} of {pages}' },
} as const satisfies Texts;

/** Short names of the paper form where the screen has longer ones. */
export const SHEET_LABELS: Readonly<Partial<Record<Hc10Field, Words>>> = {
  fc: { es: 'P/FC', en: 'HR' },
  fr: { es: 'FR', en: 'RR' },
  temperatura: { es: 'T°', en: 'T°' },
  saturacion: { es: 'SatO₂', en: 'SpO₂' },
  peso: { es: 'Peso (kg)', en: 'Weight (kg)' },
  talla: { es: 'Talla (cm)', en: 'Height (cm)' },
  fum: { es: 'FUM', en: 'LMP' },
  fpp: { es: 'FPP', en: 'EDD' },
  embarazos: { es: 'E', en: 'G' },
  partos: { es: 'P', en: 'P' },
  cesareas: { es: 'C', en: 'C' },
  'hijos-vivos': { es: 'HV', en: 'Living' },
  'hijos-muertos': { es: 'HM', en: 'Died' },
  obitos: { es: 'O', en: 'Stillbirths' },
  abortos: { es: 'A', en: 'A' },
  'perimetro-cefalico': { es: 'PC (cm)', en: 'HC (cm)' },
  longitud: { es: 'Longitud (cm)', en: 'Length (cm)' },
  'apgar-1': { es: 'Apgar 1 min', en: 'Apgar 1 min' },
  'apgar-5': { es: 'Apgar 5 min', en: 'Apgar 5 min' },
  colonia: { es: 'Colonia', en: 'Quarter' },
  resultados: { es: 'Resultados', en: 'Results' },
  autor: { es: 'Nombre y cargo', en: 'Name and post' },
  'autor-categoria': { es: 'Es', en: 'Is' },
  contacto: { es: '¿Se contactó al establecimiento receptor?', en: 'Was the receiver contacted?' },
  prioridad: { es: 'Prioridad', en: 'Priority' },
};

/** What the blocks and fields are called when the sheet is a respuesta. */
export const ANSWER_BLOCK_TITLES: Readonly<Partial<Record<Hc10Block, Words>>> = {
  sender: { es: 'Establecimiento que responde', en: 'Answering facility' },
  purpose: { es: 'Para qué se devuelve', en: 'Sent back for' },
  clinical: { es: 'Resumen y respuesta a la pregunta', en: 'Summary and answer to the question' },
  results: { es: 'Hallazgos y exámenes', en: 'Findings and examinations' },
  assessment: { es: 'Diagnóstico, riesgo y plan para el origen', en: 'Diagnosis, risk and plan for the origin' },
  destination: { es: 'Establecimiento al que se responde', en: 'Facility answered to' },
  author: { es: 'Quien responde', en: 'Author' },
};
export const ANSWER_LABELS: Readonly<Partial<Record<Hc10Field, Words>>> = {
  resumen: { es: 'Resumen', en: 'Summary' },
  resultados: { es: 'Hallazgos y exámenes', en: 'Findings and examinations' },
  diagnostico: { es: 'Diagnóstico', en: 'Diagnosis' },
  recomendaciones: { es: 'Plan para el establecimiento de origen', en: 'Plan for the origin' },
};

/** Back page: what the patient takes home, in plain words. */
export const TAKE_HOME = {
  title: { es: 'Para usted', en: 'For you' },
  hello: {
    es: 'Lo enviamos a otro establecimiento para que lo atiendan mejor.',
    en: 'We are sending you to another facility for better care.',
  },
  helloAnswer: {
    es: 'Ya lo atendimos. Ahora sigue en su centro de salud, que recibirá esta respuesta.',
    en: 'We have seen you. Now you go on at your health centre, which will get this answer.',
  },
  helloAdvice: {
    es: 'Su centro de salud pide una opinión a otro establecimiento. Usted sigue en su centro de salud.',
    en: 'Your health centre asks another facility for an opinion. You stay with your health centre.',
  },
  referralTo: { es: 'Referencia a', en: 'Referral to' },
  answerTo: { es: 'Respuesta a', en: 'Answer to' },
  adviceTo: { es: 'Interconsulta a', en: 'Advice asked of' },
  purpose: { es: 'Para', en: 'For' },
  message: { es: 'Lo que debe saber', en: 'What you should know' },
  warning: { es: 'Vaya a emergencia si nota', en: 'Go to emergency if you notice' },
  whenAnswer: {
    es: 'Lleve esta hoja a su centro de salud en los próximos días.',
    en: 'Take this sheet to your health centre in the next days.',
  },
  whenAdvice: {
    es: 'No tiene que viajar. Su centro de salud le dirá la respuesta.',
    en: 'You need not travel. Your health centre will tell you the answer.',
  },
  where: { es: '¿A dónde voy?', en: 'Where do I go?' },
  ask: { es: 'Pregunte por: {service}.', en: 'Ask for: {service}.' },
  when: { es: '¿Cuándo voy?', en: 'When do I go?' },
  now: { es: 'Ahora mismo. Vaya directo a emergencia.', en: 'Right now. Go straight to emergency.' },
  booked: { es: 'Su cita es el {when}.', en: 'Your appointment is on {when}.' },
  waiting: {
    es: 'Todavía no hay fecha. El hospital la dará y su centro de salud le avisará.',
    en: 'There is no date yet. The hospital will set it and your health centre will tell you.',
  },
  bring: { es: '¿Qué llevo?', en: 'What do I bring?' },
  bringSheet: { es: 'Esta hoja.', en: 'This sheet.' },
  bringIdentity: {
    es: 'Su identidad. Si es niño, la partida de nacimiento.',
    en: 'Your identity card. For a child, the birth certificate.',
  },
  bringMedicines: { es: 'Las medicinas que toma y sus exámenes.', en: 'The medicines you take and your test results.' },
  worse: { es: '¿Y si me siento peor?', en: 'What if I get worse?' },
  worseText: {
    es: 'No espere la cita. Vaya a la emergencia más cercana con esta hoja.',
    en: 'Do not wait for the appointment. Go to the nearest emergency with this sheet.',
  },
  follow: { es: '¿Cómo va mi referencia?', en: 'How is my referral going?' },
  followText: {
    es: 'Con un teléfono, apunte la cámara al cuadro. O entre a {address} y escriba este código:',
    en: 'With a telephone, point the camera at the square. Or go to {address} and write this code:',
  },
  birth: { es: 'Le pedirá su fecha de nacimiento.', en: 'It will ask for your birth date.' },
  pin: { es: 'Le pedirá este PIN: {pin}', en: 'It will ask for this PIN: {pin}' },
  qr: { es: 'Código para seguir su referencia', en: 'Code to follow your referral' },
  clinic: { es: 'Su centro de salud: {place}', en: 'Your health centre: {place}' },
} as const satisfies Texts;
