import type { Hc10Field } from '../../referral/hc10/hc10-fields.js';
import type { Texts } from '../language.js';
import type { Words } from '../../words.js';

/** Words of the printed sheet, as the old print of form HC-10 has them. */
export const SHEET = {
  title: { es: 'Hoja de referencia {number}', en: 'Referral sheet {number}' },
  form: { es: 'Secretaría de Salud · Formulario HC-10 (LN23:2019)', en: 'Ministry of Health · Form HC-10 (LN23:2019)' },
  print: {
    es: 'Para imprimir, use la orden de imprimir de su navegador: Ctrl+P.',
    en: 'To print, use the print command of your browser: Ctrl+P.',
  },
  backTo: { es: 'Volver a la referencia', en: 'Back to the referral' },
  referral: { es: 'Referencia', en: 'Referral' },
  answer: { es: 'Respuesta', en: 'Answer' },
  number: { es: 'N.º', en: 'No.' },
  appointment: { es: 'Cita', en: 'Appointment' },
  appointmentFor: { es: 'Cita al servicio de', en: 'Appointment with' },
  appointmentAt: { es: 'Día, mes, año y hora', en: 'Date and time' },
  receipt: { es: 'Recepción', en: 'Receipt' },
  receivedAt: { es: 'Fecha y hora de recepción', en: 'Received on' },
  receivedBy: { es: 'Recibe', en: 'Received by' },
  receiver: { es: 'Para llenar solo por quien recibe', en: 'Only for the receiver' },
  timely: { es: 'Oportuna', en: 'Timely' },
  justified: { es: 'Justificada', en: 'Justified' },
  yes: { es: 'Sí', en: 'Yes' },
  no: { es: 'No', en: 'No' },
  signature: { es: 'Firma y sello', en: 'Signature and stamp' },
  attached: { es: 'Adjunto', en: 'Attached' },
  asked: { es: 'Se pide', en: 'Asked for' },
  allergiesUnknown: { es: 'No hay alergias anotadas', en: 'No allergies noted' },
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
  contacto: { es: '¿Se contactó al establecimiento receptor?', en: 'Was the receiver contacted?' },
  prioridad: { es: 'Prioridad', en: 'Priority' },
};

/** Back page: what the patient takes home, in plain words. */
export const TAKE_HOME = {
  title: { es: 'Para usted', en: 'For you' },
  hello: {
    es: 'Lo enviamos a otro establecimiento para que lo atiendan mejor.',
    en: 'We are sending you to another facility for better care.',
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
