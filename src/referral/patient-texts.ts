import type { Words } from '../words.js';
import type { ReferralState } from './states.js';

/** What a patient is told about a referral: plain words, no clinical content (ui-anchors 4.4: 20 words a sentence at most). */
export interface PatientText {
  /**
   * What happens now, one sentence. In every text `{visit}` is the day and hour of the visit and `{facility}` the kind of
   * the destination ("el hospital", "la UAPS").
   */
  readonly now: Words;
  /** What comes next and until when. `{due}` is the last day for it. */
  readonly next: Words;
  /** What the person does. */
  readonly todo: Words;
  /** Whom to call with questions. */
  readonly call: 'origin' | 'destination';
  /** A visit lies ahead: what to bring is said. */
  readonly visit?: true;
}

/** One row for each state of a referral. */
export const PATIENT_TEXTS: Readonly<Record<ReferralState, PatientText>> = {
  draft: {
    now: {
      es: 'Su centro de salud todavía está escribiendo su referencia.',
      en: 'Your health centre is still writing your referral.',
    },
    next: { es: 'Falta enviarla a {facility}.', en: 'It has not been sent to {facility} yet.' },
    todo: {
      es: 'Antes de irse, pida su hoja con el código.',
      en: 'Before you leave, ask for your sheet with the code.',
    },
    call: 'origin',
  },
  sent: {
    now: {
      es: 'Su centro de salud envió su referencia a {facility}.',
      en: 'Your health centre sent your referral to {facility}.',
    },
    next: {
      es: '{facility} debe recibirla a más tardar el {due}.',
      en: '{facility} must receive it by {due}.',
    },
    todo: {
      es: 'Espere la fecha de su cita. Guarde su hoja: trae el código.',
      en: 'Wait for the date of your appointment. Keep your sheet: it has the code.',
    },
    call: 'origin',
  },
  'in-triage': {
    now: { es: '{facility} está leyendo su caso.', en: '{facility} is reading your case.' },
    next: { es: 'Debe contestar a más tardar el {due}.', en: 'It must answer by {due}.' },
    todo: {
      es: 'Espere la respuesta. Después de esa fecha, mire otra vez esta página.',
      en: 'Wait for the answer. After that date, look at this page again.',
    },
    call: 'destination',
  },
  'info-requested': {
    now: {
      es: '{facility} pidió más datos a su centro de salud.',
      en: '{facility} asked your health centre for more information.',
    },
    next: {
      es: 'Su centro de salud debe contestar a más tardar el {due}.',
      en: 'Your health centre must answer by {due}.',
    },
    todo: {
      es: 'Usted no tiene que hacer nada. Si su centro de salud le llama, vaya.',
      en: 'You do not have to do anything. If your health centre calls you, go there.',
    },
    call: 'origin',
  },
  'accepted-waiting': {
    now: {
      es: '{facility} le va a atender. Falta la fecha.',
      en: '{facility} will see you. The date is still missing.',
    },
    next: {
      es: '{facility} debe darle la fecha a más tardar el {due}.',
      en: '{facility} must give you the date by {due}.',
    },
    todo: {
      es: 'Tenga su teléfono encendido. Le van a llamar para darle la cita.',
      en: 'Keep your telephone on. They will call you to give you the appointment.',
    },
    call: 'destination',
  },
  scheduled: {
    now: { es: 'Su cita es el {visit}.', en: 'Your appointment is on {visit}.' },
    next: {
      es: 'Llegue media hora antes para registrarse.',
      en: 'Come half an hour early to register.',
    },
    todo: {
      es: 'Si no puede ir, llame antes para cambiar la fecha.',
      en: 'If you cannot go, call before that day to change the date.',
    },
    call: 'destination',
    visit: true,
  },
  'in-transit': {
    now: {
      es: 'Le esperan en la emergencia de {facility}.',
      en: 'The emergency room of {facility} is expecting you.',
    },
    next: { es: 'Vaya ahora mismo. No necesita cita.', en: 'Go right now. You need no appointment.' },
    todo: {
      es: 'Si no tiene cómo llegar, llame ya a su centro de salud.',
      en: 'If you have no way to get there, call your health centre now.',
    },
    call: 'origin',
    visit: true,
  },
  'no-show': {
    now: {
      es: '{facility} anotó que usted no pudo ir a su cita.',
      en: '{facility} noted that you could not go to your appointment.',
    },
    next: {
      es: 'Todavía puede recibir otra fecha, a más tardar el {due}.',
      en: 'You can still get another date, by {due}.',
    },
    todo: { es: 'Llame a {facility} para pedir otra cita.', en: 'Call {facility} to ask for another appointment.' },
    call: 'destination',
  },
  'appointment-cancelled': {
    now: {
      es: 'La cita que tenía ya no vale, pero su referencia sí.',
      en: 'The appointment you had is no longer valid, but your referral is.',
    },
    next: {
      es: '{facility} debe darle otra fecha a más tardar el {due}.',
      en: '{facility} must give you another date by {due}.',
    },
    todo: {
      es: 'Tenga su teléfono encendido, o llame a {facility} para pedir la fecha.',
      en: 'Keep your telephone on, or call {facility} to ask for the date.',
    },
    call: 'destination',
  },
  arrived: {
    now: { es: '{facility} ya sabe que usted llegó.', en: '{facility} knows that you have arrived.' },
    next: {
      es: 'Le atienden hoy. Primero pasan los casos más graves.',
      en: 'You will be seen today. The gravest cases go first.',
    },
    todo: {
      es: 'Espere su turno. Si se siente peor, avise al personal.',
      en: 'Wait for your turn. If you feel worse, tell the staff.',
    },
    call: 'destination',
  },
  'in-care': {
    now: { es: 'Le están atendiendo en {facility}.', en: '{facility} is taking care of you.' },
    next: {
      es: 'Al terminar, {facility} escribe a su centro de salud. Plazo: {due}.',
      en: 'When it is done, {facility} writes to your health centre. Time limit: {due}.',
    },
    todo: { es: 'Pregunte al médico lo que no entienda.', en: 'Ask the doctor about anything you do not understand.' },
    call: 'destination',
  },
  'interim-answer': {
    now: {
      es: '{facility} mandó un primer informe y le sigue atendiendo.',
      en: '{facility} sent a first report and goes on taking care of you.',
    },
    next: {
      es: 'El informe completo debe llegar a más tardar el {due}.',
      en: 'The full report must arrive by {due}.',
    },
    todo: {
      es: 'Siga las indicaciones que le dieron. No falte a sus citas.',
      en: 'Follow the instructions you were given. Do not miss your appointments.',
    },
    call: 'destination',
  },
  answered: {
    now: {
      es: 'Ya le atendieron y hay indicaciones para usted.',
      en: 'You have been seen and there are instructions for you.',
    },
    next: {
      es: 'Su centro de salud debe leerlas a más tardar el {due}.',
      en: 'Your health centre must read them by {due}.',
    },
    todo: {
      es: 'Vaya a su centro de salud y pida que se las expliquen.',
      en: 'Go to your health centre and ask them to explain them to you.',
    },
    call: 'origin',
  },
  rejected: {
    now: { es: '{facility} no puede atender este caso.', en: '{facility} cannot take this case.' },
    next: {
      es: 'Su centro de salud debe decirle qué sigue a más tardar el {due}.',
      en: 'Your health centre must tell you what comes next by {due}.',
    },
    todo: { es: 'Vuelva a su centro de salud con su hoja.', en: 'Go back to your health centre with your sheet.' },
    call: 'origin',
  },
  redirected: {
    now: { es: 'Su referencia pasó a otro establecimiento.', en: 'Your referral went to another facility.' },
    next: { es: 'El otro establecimiento le va a dar la fecha.', en: 'The other facility will give you the date.' },
    todo: { es: 'Guarde su hoja. El código sigue siendo el mismo.', en: 'Keep your sheet. The code stays the same.' },
    call: 'origin',
  },
  'cancel-requested': {
    now: {
      es: 'Su centro de salud pidió anular esta referencia.',
      en: 'Your health centre asked to cancel this referral.',
    },
    next: { es: '{facility} debe contestar a más tardar el {due}.', en: '{facility} must answer by {due}.' },
    todo: {
      es: 'Antes de viajar, llame a su centro de salud y pregunte.',
      en: 'Before you travel, call your health centre and ask.',
    },
    call: 'origin',
  },
  cancelled: {
    now: { es: 'Su centro de salud anuló esta referencia.', en: 'Your health centre cancelled this referral.' },
    next: {
      es: '{facility} ya no le espera con esta hoja.',
      en: '{facility} no longer expects you with this sheet.',
    },
    todo: {
      es: 'Si todavía necesita la atención, vuelva a su centro de salud.',
      en: 'If you still need the care, go back to your health centre.',
    },
    call: 'origin',
  },
  'left-list': {
    now: {
      es: 'Esta referencia salió de la lista de espera de {facility}.',
      en: 'This referral left the waiting list of {facility}.',
    },
    next: { es: '{facility} ya no le va a llamar.', en: '{facility} will not call you any more.' },
    todo: {
      es: 'Si todavía necesita la atención, vuelva a su centro de salud.',
      en: 'If you still need the care, go back to your health centre.',
    },
    call: 'origin',
  },
  'follow-up': {
    now: {
      es: 'Ya le atendieron y su centro de salud tiene la respuesta de {facility}.',
      en: 'You have been seen and your health centre has the answer of {facility}.',
    },
    next: {
      es: 'Su centro de salud sigue su caso hasta el {due}.',
      en: 'Your health centre follows your case until {due}.',
    },
    todo: {
      es: 'Siga las indicaciones y vaya a sus controles.',
      en: 'Follow the instructions and go to your check-ups.',
    },
    call: 'origin',
  },
  closed: {
    now: { es: 'Esta referencia ya terminó.', en: 'This referral has ended.' },
    next: { es: 'No falta nada más de ella.', en: 'Nothing more is missing from it.' },
    todo: {
      es: 'Si tiene otra molestia, vaya a su centro de salud.',
      en: 'If something else bothers you, go to your health centre.',
    },
    call: 'origin',
  },
  error: {
    now: { es: 'Esta hoja se hizo por error y no vale.', en: 'This sheet was made by mistake and is not valid.' },
    next: { es: 'Nadie le espera con esta hoja.', en: 'Nobody expects you with this sheet.' },
    todo: {
      es: 'Pregunte en su centro de salud si hay otra hoja para usted.',
      en: 'Ask your health centre if there is another sheet for you.',
    },
    call: 'origin',
  },
};
