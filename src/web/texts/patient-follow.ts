import type { Texts } from '../language.js';

/** Texts of the pages by paper code, for people who read little: sentences of 20 words at most. */
export const FOLLOW = {
  title: { es: 'Ver mi referencia', en: 'See my referral' },
  intro: {
    es: 'Aquí puede ver cuándo es su cita y qué sigue. No necesita cuenta.',
    en: 'Here you can see when your appointment is and what comes next. You need no account.',
  },
  code: { es: 'Código de su hoja', en: 'Code on your sheet' },
  codeHint: {
    es: 'Son 10 letras y números. No lleva 0, 1, I ni O.',
    en: '10 letters and numbers. It has no 0, 1, I or O.',
  },
  birthDate: { es: 'Fecha de nacimiento del paciente', en: 'Birth date of the patient' },
  birthDateHint: { es: 'Por ejemplo: 5 3 1980.', en: 'For example: 5 3 1980.' },
  pinMore: { es: 'Mi hoja trae un PIN', en: 'My sheet has a PIN' },
  pin: { es: 'PIN de su hoja', en: 'PIN on your sheet' },
  pinHint: {
    es: 'Son 6 números. Escríbalo en lugar de la fecha de nacimiento.',
    en: '6 numbers. Write it in place of the birth date.',
  },
  button: { es: 'Ver mi referencia', en: 'See my referral' },
  codeMissing: {
    es: 'Escriba el código de su hoja. Son 10 letras y números.',
    en: 'Write the code on your sheet. It has 10 letters and numbers.',
  },
  dateMissing: {
    es: 'Escriba el día, el mes y el año de nacimiento, en números.',
    en: 'Write the day, the month and the year of birth, in numbers.',
  },
  wrong: {
    es: 'No encontramos esa referencia. Revise el código de su hoja y la fecha de nacimiento.',
    en: 'We did not find that referral. Check the code on your sheet and the birth date.',
  },
  wait: {
    es: 'Hubo varios intentos con error. Espere {time} y pruebe otra vez, o llame a su centro de salud.',
    en: 'There were several wrong tries. Wait {time} and try again, or call your health centre.',
  },
  seconds: { es: '{n} segundos', en: '{n} seconds' },
  minutes: { es: '{n} minutos', en: '{n} minutes' },
  lost: { es: '¿No tiene la hoja?', en: 'You do not have the sheet?' },
  lostText: {
    es: 'Vaya a su centro de salud con su identidad. Ahí la imprimen otra vez.',
    en: 'Go to your health centre with your identity card. They print it again there.',
  },
  resultTitle: { es: 'Su referencia', en: 'Your referral' },
  where: { es: 'Lugar', en: 'Place' },
  address: { es: 'Dirección', en: 'Address' },
  next: { es: '¿Qué sigue?', en: 'What comes next?' },
  todo: { es: '¿Qué hago yo?', en: 'What do I do?' },
  bring: { es: '¿Qué llevo?', en: 'What do I bring?' },
  ifWorse: { es: '¿Y si me siento peor?', en: 'What if I feel worse?' },
  call: { es: 'Llamar ahora', en: 'Call now' },
  phone: { es: '{name}: teléfono {phone}', en: '{name}: telephone {phone}' },
  calendar: { es: 'Guardar la cita en mi calendario', en: 'Save the appointment in my calendar' },
  calendarTitle: { es: 'Cita: {place}', en: 'Appointment: {place}' },
  about: { es: 'Datos de la hoja', en: 'Data of the sheet' },
  number: { es: 'Número', en: 'Number' },
  written: { es: 'Fecha', en: 'Date' },
  from: { es: 'La envió', en: 'Sent by' },
  to: { es: 'Para', en: 'To' },
  close: { es: 'Terminar', en: 'Finish' },
  closeHint: {
    es: 'Si el teléfono o la computadora es de otra persona, toque «Terminar».',
    en: 'If the telephone or computer belongs to somebody else, touch "Finish".',
  },
} as const satisfies Texts;
