import type { Words } from '../../words.js';

/**
 * What is said, plain words without clinical content (ui-anchors 4.4; referral-anchors 2.5). Places: `{hospital}` the
 * destination, named as far as its name tells nothing, `{facility}` its kind ("el hospital", "la UAPS"), `{call}` whom to call, `{visit}` day and hour in Honduras, `{sheet}` the end of the code on the
 * sheet, by which people with one telephone tell whose referral it is; `{number}` and `{link}` for staff.
 */
export const MESSAGE_TEXTS = {
  sent: {
    es: 'Su centro de salud envió su referencia a {hospital}. Espere la fecha de su cita. {sheet}',
    en: 'Your health centre sent your referral to {hospital}. Wait for the date of your appointment. {sheet}',
  },
  adviceSent: {
    es: 'Su centro de salud pidió consejo a {hospital}. No tiene que viajar: contestan a su centro de salud, que le explica. {sheet}',
    en: 'Your health centre asked {hospital} for advice. You do not have to travel: your health centre gets the answer and explains it. {sheet}',
  },
  redirected: {
    es: 'Su referencia pasó a {hospital}. Conserva su número y su fecha. Espere la fecha de su cita. {sheet}',
    en: 'Your referral went on to {hospital}. It keeps its number and date. Wait for the date of your appointment. {sheet}',
  },
  inTriage: {
    es: 'Ya leen su referencia en {hospital}. Espere la respuesta. {sheet}',
    en: 'Your referral is being read at {hospital}. Wait for the answer. {sheet}',
  },
  infoRequested: {
    es: '{facility} pidió más datos a su centro de salud. Usted no tiene que hacer nada, salvo que le llamen. {sheet}',
    en: '{facility} asked your health centre for more information. You need do nothing unless they call you. {sheet}',
  },
  accepted: {
    es: 'Le van a atender en {hospital}. Falta la fecha: tenga su teléfono encendido. {sheet}',
    en: 'You will be seen at {hospital}. The date is still missing: keep your telephone on. {sheet}',
  },
  away: {
    es: 'Anotamos que por un tiempo usted no puede ir a {hospital}. Su lugar en la fila no se pierde. Si puede antes, llame. {sheet}',
    en: 'We noted that for a time you cannot go to {hospital}. Your place in the queue is kept. If you can go earlier, call. {sheet}',
  },
  scheduled: {
    es: 'Su cita es el {visit}, en {hospital}. Llegue media hora antes, con su hoja y su identidad. {sheet}',
    en: 'Your appointment is on {visit}, at {hospital}. Come half an hour early, with your sheet and identity card. {sheet}',
  },
  rescheduled: {
    es: 'Su cita cambió. Ahora es el {visit}, en {hospital}. La fecha anterior ya no vale. {sheet}',
    en: 'Your appointment changed. It is now on {visit}, at {hospital}. The earlier date is no longer valid. {sheet}',
  },
  reminderDays: {
    es: 'Recuerde: su cita es el {visit}, en {hospital}. Si no puede ir, avise antes para cambiar la fecha. {sheet}',
    en: 'Remember: your appointment is on {visit}, at {hospital}. If you cannot go, tell them before to change the date. {sheet}',
  },
  reminderTomorrow: {
    es: 'Mañana es su cita: {visit}, en {hospital}. Lleve su hoja y su identidad. {sheet}',
    en: 'Your appointment is tomorrow: {visit}, at {hospital}. Bring your sheet and identity card. {sheet}',
  },
  reminderToday: {
    es: 'Hoy es su cita: {visit}, en {hospital}. Lleve su hoja y su identidad. {sheet}',
    en: 'Your appointment is today: {visit}, at {hospital}. Bring your sheet and identity card. {sheet}',
  },
  remoteVisit: {
    es: 'Su cita es el {visit}, por teléfono o video. No tiene que viajar: {facility} le llama. {sheet}',
    en: 'Your appointment is on {visit}, by telephone or video. You do not have to travel: {facility} calls you. {sheet}',
  },
  remoteChanged: {
    es: 'Su cita cambió. Ahora es el {visit}, por teléfono o video. {facility} le llama. {sheet}',
    en: 'Your appointment changed. It is now on {visit}, by telephone or video. {facility} calls you. {sheet}',
  },
  remoteReminder: {
    es: 'Recuerde: su cita es el {visit}, por teléfono o video. Tenga su teléfono cargado. {sheet}',
    en: 'Remember: your appointment is on {visit}, by telephone or video. Keep your telephone charged. {sheet}',
  },
  inTransit: {
    es: 'Le esperan en la emergencia de {hospital}. Vaya ahora mismo. No necesita cita. {sheet}',
    en: 'The emergency room of {hospital} is expecting you. Go right now. You need no appointment. {sheet}',
  },
  noShow: {
    es: 'Anotaron que no pudo ir a su cita. Todavía puede pedir otra fecha: {call}. {sheet}',
    en: 'It was noted that you could not go to your appointment. You can still ask for another date: {call}. {sheet}',
  },
  notArrived: {
    es: 'Le esperaban en emergencia de {hospital} y no consta que llegara. Si todavía necesita ayuda, vaya ahora. {sheet}',
    en: 'They were waiting for you at the emergency of {hospital} and there is no record that you arrived. If you still need help, go now. {sheet}',
  },
  appointmentCancelled: {
    es: 'La cita que tenía en {hospital} ya no vale, pero su referencia sí. Espere otra fecha. {sheet}',
    en: 'The appointment you had at {hospital} is no longer valid, but your referral is. Wait for another date. {sheet}',
  },
  answered: {
    es: 'Hay indicaciones para usted en su centro de salud. Pase a preguntar por ellas. {sheet}',
    en: 'There are instructions for you at your health centre. Go and ask for them. {sheet}',
  },
  amended: {
    es: 'Cambiaron las indicaciones para usted. Pase a su centro de salud a preguntar por ellas. {sheet}',
    en: 'The instructions for you have changed. Go to your health centre and ask for them. {sheet}',
  },
  ownAnswered: {
    es: 'Hay indicaciones para usted en {hospital}. Pase a preguntar por ellas. {sheet}',
    en: 'There are instructions for you at {hospital}. Go and ask for them. {sheet}',
  },
  ownAmended: {
    es: 'Cambiaron las indicaciones para usted. Pase a {hospital} a preguntar por ellas. {sheet}',
    en: 'The instructions for you have changed. Go to {hospital} and ask for them. {sheet}',
  },
  ownFollowUp: {
    es: 'Le dan seguimiento en {hospital}. No falte a sus citas de control. {sheet}',
    en: 'You are being followed up at {hospital}. Do not miss your check-ups. {sheet}',
  },
  rejected: {
    es: '{facility} no puede atender este caso. Vuelva a su centro de salud: ahí le dicen qué sigue. {sheet}',
    en: '{facility} cannot attend this case. Go back to your health centre: they will tell you what comes next. {sheet}',
  },
  cancelRequested: {
    es: 'Su centro de salud pidió anular su referencia. {hospital} debe contestar. Antes de viajar, llame a su centro de salud. {sheet}',
    en: 'Your health centre asked to cancel your referral. {hospital} must answer. Before you travel, call your health centre. {sheet}',
  },
  cancelled: {
    es: 'Su referencia fue anulada. Si todavía necesita la atención, vuelva a su centro de salud. {sheet}',
    en: 'Your referral was cancelled. If you still need the care, go back to your health centre. {sheet}',
  },
  leftList: {
    es: 'Su referencia salió de la lista de espera. Si todavía necesita la atención, vuelva a su centro de salud. {sheet}',
    en: 'Your referral left the waiting list. If you still need the care, go back to your health centre. {sheet}',
  },
  followUp: {
    es: 'Su centro de salud ya tiene la respuesta de {facility}. No falte a sus citas de control. {sheet}',
    en: 'Your health centre has the answer of {facility}. Do not miss your check-ups. {sheet}',
  },
  closed: {
    es: 'Su referencia ya terminó. Si necesita algo más, vaya a su centro de salud. {sheet}',
    en: 'Your referral has ended. If you need anything else, go to your health centre. {sheet}',
  },
  void: {
    es: 'Una hoja de referencia se hizo por error y no vale. Pregunte en su centro de salud. {sheet}',
    en: 'A referral sheet was made by mistake and is not valid. Ask at your health centre. {sheet}',
  },
  staffNew: {
    es: 'Hay una referencia nueva para su establecimiento: {number}. Ábrala en {link}',
    en: 'There is a new referral for your facility: {number}. Open it at {link}',
  },
  staffInformation: {
    es: 'Llegaron los datos que su establecimiento pidió de la referencia {number}. Ábrala en {link}',
    en: 'The information that your facility asked for has come for referral {number}. Open it at {link}',
  },
  staffWithdrawn: {
    es: 'Ya no hace falta lo que le pidieron de la referencia {number}. Ábrala en {link}',
    en: 'What was asked of you for referral {number} is not needed any more. Open it at {link}',
  },
  staffReturned: {
    es: 'La referencia {number} volvió a su establecimiento y espera una decisión. Ábrala en {link}',
    en: 'Referral {number} came back to your facility and waits for a decision. Open it at {link}',
  },
  staffEmergency: {
    es: 'Viene en camino la referencia {number}. Ábrala en {link}',
    en: 'Referral {number} is on its way. Open it at {link}',
  },
  staffInterim: {
    es: 'Hay una respuesta parcial de la referencia {number}. Ábrala en {link}',
    en: 'There is an interim answer to referral {number}. Open it at {link}',
  },
  staffAnswer: {
    es: 'Hay una respuesta de la referencia {number} que espera su acuse. Ábrala en {link}',
    en: 'There is an answer to referral {number} that waits to be acknowledged. Open it at {link}',
  },
  staffCancelAsked: {
    es: 'Piden anular la referencia {number}. Conteste en {link}',
    en: 'Cancellation of referral {number} is asked for. Answer at {link}',
  },
  staffNotArrived: {
    es: 'La referencia {number} salió en traslado y no ha llegado. Averigüe qué pasó: {link}',
    en: 'Referral {number} left in a transfer and has not arrived. Find out what happened: {link}',
  },
  staffToComplete: {
    es: 'Llegó en emergencia alguien que su establecimiento envió de palabra: {number}. Complete sus datos en {link}',
    en: 'Somebody whom your facility sent by word has arrived in an emergency: {number}. Complete the data at {link}',
  },
  staffEnded: {
    es: 'La referencia {number} terminó sin atención. Véala en {link}',
    en: 'Referral {number} ended without care. See it at {link}',
  },
} as const satisfies Record<string, Words>;

export type MessageKey = keyof typeof MESSAGE_TEXTS;

/** What is said instead, by what is so when it is said; the first that is so counts. */
export const INSTEAD_TEXTS: Readonly<
  Record<'remote' | 'advice' | 'today' | 'own', Partial<Record<MessageKey, MessageKey>>>
> = {
  /** The visit is by telephone or video. */
  remote: {
    scheduled: 'remoteVisit',
    rescheduled: 'remoteChanged',
    reminderDays: 'remoteReminder',
    reminderTomorrow: 'remoteReminder',
  },
  /** Advice is asked for, and no visit is coming. */
  advice: { sent: 'adviceSent', redirected: 'adviceSent' },
  /** The day of the visit has come before the reminder left. */
  today: { reminderTomorrow: 'reminderToday' },
  /** No health centre sent the person: the hospital alone takes care of them. */
  own: { answered: 'ownAnswered', amended: 'ownAmended', followUp: 'ownFollowUp' },
};

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(MESSAGE_TEXTS, key);

/** Words that fill the places. */
export const MESSAGE_WORDS = {
  callPhone: { es: 'llame a {hospital}, teléfono {phone}', en: 'call {hospital}, telephone {phone}' },
  /** The destination has no telephone, or who calls there would tell what for. */
  callOrigin: {
    es: 'llame a su centro de salud, teléfono {originPhone}',
    en: 'call your health centre, telephone {originPhone}',
  },
  /** No telephone is known. */
  callNone: { es: 'pregunte en su centro de salud', en: 'ask at your health centre' },
  sheet: { es: 'Hoja terminada en {end}.', en: 'Sheet ending in {end}.' },
  subject: { es: 'Referencia', en: 'Referral' },
  staffSubject: { es: 'Referencia {number}', en: 'Referral {number}' },
} as const satisfies Record<string, Words>;
