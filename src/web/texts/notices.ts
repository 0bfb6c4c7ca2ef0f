import type { NoticeKind } from '../../referral/vocabulary.js';
import type { Words } from '../../words.js';
import type { Texts } from '../language.js';

/** What each notice asks. */
const ASKED = {
  'find-person': {
    es: 'Salió de la lista sin atención. Búsquela, pregunte si todavía necesita la atención y decida qué sigue.',
    en: 'The person left the list without care. Find them, ask whether care is still needed and decide what comes next.',
  },
  'death-notice': {
    es: 'Consta que falleció. No llame ni cite; revise lo que tenga pendiente.',
    en: 'The person has died. Make no calls or appointments; review what is pending.',
  },
  'not-arrived': {
    es: 'Salió para el hospital y no ha llegado. Averigüe qué pasó con la persona y con el traslado, y avise al hospital.',
    en: 'Left for the hospital and has not arrived. Find out what happened to the person and the transfer, and tell the hospital.',
  },
  'onward-notice': {
    es: 'El hospital la envió a otro lugar. Lea la respuesta y la referencia nueva.',
    en: 'The hospital referred the person onward. Read the answer and the new referral.',
  },
  'onward-draft': {
    es: 'Usted respondió que va a otro lugar y la referencia nueva no ha salido. Complétela y envíela.',
    en: 'You answered that the person goes elsewhere and the new referral has not been sent. Complete and send it.',
  },
} as const satisfies Record<NoticeKind, Words>;

/** Texts of notices to a facility. */
export const NOTICES = {
  ...ASKED,
  caption: { es: '{n} avisos, primero lo más urgente', en: '{n} notices, the most urgent first' },
  captionOne: { es: '1 aviso', en: '1 notice' },
  asked: { es: 'Qué se pide', en: 'What is asked' },
  since: { es: 'Desde {when}', en: 'Since {when}' },
  escalated: { es: 'Avisos vencidos', en: 'Overdue notices' },
  found: { es: 'Qué hizo o qué encontró', en: 'What you did or found' },
  foundHint: {
    es: 'Por ejemplo: «La visitamos; ya no necesita la cita».',
    en: 'For example: "Visited; no longer needs the appointment".',
  },
  done: { es: 'Marcar como atendido', en: 'Mark as seen to' },
  doneFor: { es: 'Marcar como atendido: {notice}', en: 'Mark as seen to: {notice}' },
  missing: { es: 'Diga qué hizo o qué encontró.', en: 'Say what you did or found.' },
  noted: { es: 'Quedó anotado. El aviso salió de la lista.', en: 'Noted. The notice has left the list.' },
  seenTo: { es: 'Atendido el {when}: {found}', en: 'Seen to on {when}: {found}' },
  ended: { es: 'Terminado', en: 'Ended' },
} as const satisfies Texts;

/** Texts of the list of drafts. */
export const DRAFTS = {
  caption: {
    es: '{n} borradores, primero el que lleva más tiempo sin tocarse',
    en: '{n} drafts, the longest untouched first',
  },
  captionOne: { es: '1 borrador', en: '1 draft' },
  touched: { es: 'Último cambio', en: 'Last change' },
  until: { es: 'Se anula si nadie lo toca', en: 'Voided if nobody touches it' },
  never: { es: 'No se anula: hay que enviarlo', en: 'Never voided: it has to be sent' },
  onlyMine: { es: 'Ver solo los que escribí', en: 'See only those I wrote' },
  all: { es: 'Ver los de todo el establecimiento', en: 'See those of the whole facility' },
  willEnd: {
    es: 'Es un borrador: nadie lo ha recibido. Si nadie lo cambia ni lo envía, el servicio lo anula el {when}.',
    en: 'This is a draft: nobody has received it. Unless somebody changes or sends it, the service voids it on {when}.',
  },
} as const satisfies Texts;
