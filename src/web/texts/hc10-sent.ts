import type { Texts } from '../language.js';

/** Texts of the page after sending. */
export const HC10_SENT = {
  title: { es: 'Referencia enviada', en: 'Referral sent' },
  done: { es: 'El hospital ya la tiene', en: 'The hospital has it now' },
  number: { es: 'Número {number}', en: 'Number {number}' },
  again: {
    es: 'Este formulario ya se había enviado. No se envió otra vez: esta es la referencia.',
    en: 'This form had been sent already. It was not sent again: this is the referral.',
  },
  state: { es: 'Cómo va', en: 'Where it stands' },
  patient: { es: 'Paciente', en: 'Patient' },
  to: { es: 'Se envió a', en: 'Sent to' },
  specialty: { es: 'Servicio', en: 'Service' },
  next: { es: 'Qué sigue', en: 'What happens next' },
  nextText: { es: 'Ahora le toca a {who}, en {place}.', en: 'Now it is the turn of {who}, at {place}.' },
  until: { es: 'Tiene hasta el {when}.', en: 'They have until {when}.' },
  nothing: { es: 'Usted no tiene que hacer nada más por ahora.', en: 'There is nothing more for you to do now.' },
  warnings: { es: 'Se pidió un estudio que ya existe', en: 'A study that exists already was asked for' },
  warning: { es: '{study}: {result}. {date}, {place}.', en: '{study}: {result}. {date}, {place}.' },
  print: { es: 'Imprimir hoja', en: 'Print the sheet' },
  see: { es: 'Ver la referencia', en: 'See the referral' },
  another: { es: 'Otra referencia', en: 'Another referral' },
  whatsapp: { es: 'Avisar por WhatsApp', en: 'Tell by WhatsApp' },
  message: {
    es: 'Hola. Su centro de salud envió su referencia {number}. Guarde su hoja. Puede ver cómo va en {link} con el código de la hoja.',
    en: 'Hello. Your health centre sent your referral {number}. Keep your sheet. You can see how it goes at {link} with the code of the sheet.',
  },
} as const satisfies Texts;
