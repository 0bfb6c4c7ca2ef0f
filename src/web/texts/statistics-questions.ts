import type { Texts } from '../language.js';

/** Texts of the questions about the open data: the public form, and the page where they are answered. */
export const QUESTIONS = {
  title: { es: 'Preguntas sobre los datos', en: 'Questions about the data' },
  intro: {
    es: 'Pida otra tabla o pregunte por una cifra. La Secretaría lee cada pregunta y publica aquí la respuesta.',
    en: 'Ask for another table or about a figure. The ministry reads every question and publishes the answer here.',
  },
  noPersons: {
    es: 'No escriba datos de salud de ninguna persona, ni su nombre o número de identidad. Su pregunta será pública.',
    en: 'Do not write health data of any person, nor a name or identity number. Your question will be public.',
  },
  form: { es: 'Su pregunta', en: 'Your question' },
  subject: { es: '¿Qué necesita?', en: 'What do you need?' },
  text: { es: 'Escriba su pregunta', en: 'Write your question' },
  textHint: {
    es: 'De {min} a {max} letras. Por ejemplo: qué tabla, de qué meses y para qué.',
    en: '{min} to {max} characters. For example: which table, of which months and what for.',
  },
  organisation: { es: 'Nombre de su organización', en: 'Name of your organisation' },
  private: { es: 'No se publica.', en: 'It is not published.' },
  email: { es: 'Correo electrónico', en: 'E-mail' },
  emailHint: { es: 'No se publica. Solo lo ve quien responde.', en: 'It is not published. Only who answers sees it.' },
  send: { es: 'Enviar pregunta', en: 'Send question' },
  sent: { es: 'Recibimos su pregunta', en: 'We have received your question' },
  sentText: {
    es: 'Aparecerá aquí cuando la Secretaría la revise.',
    en: 'It will appear here when the ministry has read it.',
  },
  list: { es: 'Preguntas y respuestas', en: 'Questions and answers' },
  none: { es: 'Todavía no hay preguntas publicadas', en: 'No question is published yet' },
  asked: { es: '{subject}, {date}', en: '{subject}, {date}' },
  answer: { es: 'Respuesta de la Secretaría, {date}', en: 'Answer of the ministry, {date}' },
  declined: { es: 'La Secretaría no puede darlo, {date}', en: 'The ministry cannot provide it, {date}' },
  unanswered: { es: 'Todavía sin respuesta', en: 'No answer yet' },

  'mistake-subject': { es: 'Elija qué necesita.', en: 'Choose what you need.' },
  'mistake-short': {
    es: 'Escriba su pregunta: al menos {min} letras.',
    en: 'Write your question: at least {min} characters.',
  },
  'mistake-long': {
    es: 'Acorte su pregunta: hasta {max} letras.',
    en: 'Shorten your question: up to {max} characters.',
  },
  'mistake-identity': {
    es: 'Quite el número de identidad: su pregunta será pública.',
    en: 'Remove the identity number: your question will be public.',
  },
  'mistake-organisation': { es: 'Acorte el nombre.', en: 'Shorten the name.' },
  'mistake-email': {
    es: 'Revise el correo. Ejemplo: nombre@ejemplo.hn',
    en: 'Check the e-mail. Example: name@example.org',
  },
  'too-many': {
    es: 'Se enviaron muchas preguntas. Espere {minutes} minutos y envíela de nuevo; abajo está lo que escribió.',
    en: 'Many questions were sent. Wait {minutes} minutes and send it again; what you wrote is below.',
  },

  staffTitle: { es: 'Preguntas del público', en: 'Questions of the public' },
  staffNav: { es: 'Preguntas', en: 'Questions' },
  staffIntro: {
    es: 'Lo que usted responde es público. El nombre y el correo de quien pregunta no lo son.',
    en: 'What you answer is public. Name and e-mail of who asks are not.',
  },
  staffNone: { es: 'No hay preguntas', en: 'There are no questions' },
  staffNoneText: {
    es: 'Las que el público envíe en la página de datos aparecerán aquí.',
    en: 'Those that people send on the data page will appear here.',
  },
  contact: { es: 'Quién pregunta', en: 'Who asks' },
  noContact: { es: 'No lo dijo', en: 'Not said' },
  reply: { es: 'Respuesta, o por qué no se puede', en: 'Answer, or why it is not possible' },
  replyMissing: { es: 'Escriba la respuesta o el motivo.', en: 'Write the answer or the reason.' },
  replyLong: { es: 'Acorte el texto: hasta {max} letras.', en: 'Shorten the text: up to {max} characters.' },
  'do-answer': { es: 'Publicar respuesta', en: 'Publish answer' },
  'do-decline': { es: 'Publicar que no se puede', en: 'Publish that it is not possible' },
  'do-release': { es: 'Mostrar sin respuesta todavía', en: 'Show without an answer yet' },
  'do-remove': { es: 'Quitar y borrar el texto', en: 'Remove and erase the text' },
  removeHint: {
    es: 'Quite las que tienen datos de una persona o insultos.',
    en: 'Remove those that hold data of a person or insults.',
  },
  waiting: { es: 'Por revisar', en: 'To be read' },
  released: { es: 'Pública, sin respuesta', en: 'Public, without answer' },
  answered: { es: 'Respondida', en: 'Answered' },
  notPossible: { es: 'No se puede', en: 'Not possible' },
  removed: { es: 'Quitada', en: 'Removed' },
} as const satisfies Texts;
