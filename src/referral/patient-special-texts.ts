import type { Words } from '../words.js';
import type { PatientText } from './patient-texts.js';

/** What is said instead of the state's own row. */
export const SPECIAL_TEXTS = {
  /** The day of the visit is over and nobody noted what happened. */
  visitPassed: {
    now: {
      es: 'El día de su cita ya pasó: fue el {visit}.',
      en: 'The day of your appointment has passed: it was {visit}.',
    },
    next: { es: '{facility} todavía no anota si usted llegó.', en: '{facility} has not noted yet if you came.' },
    todo: {
      es: 'Si no pudo ir, llame para pedir otra fecha.',
      en: 'If you could not go, call to ask for another date.',
    },
    call: 'destination',
  },
  /** A visit by telephone or video. */
  remoteVisit: {
    now: {
      es: 'Su cita es el {visit}, por teléfono o video.',
      en: 'Your appointment is on {visit}, by telephone or video.',
    },
    next: {
      es: 'No tiene que viajar. {facility} le llama ese día.',
      en: 'You do not have to travel. {facility} calls you that day.',
    },
    todo: {
      es: 'Tenga su teléfono cargado. Si no puede ese día, llame antes.',
      en: 'Keep your telephone charged. If you cannot that day, call before.',
    },
    call: 'destination',
  },
  /** The person said not to be able to come for a time. */
  away: {
    now: {
      es: 'Usted avisó que no puede ir hasta el {away}.',
      en: 'You said that you cannot go until {away}.',
    },
    next: {
      es: 'Su lugar en la fila no se pierde. Después le llaman para darle la fecha.',
      en: 'Your place in the queue is kept. After that they call you to give you the date.',
    },
    todo: {
      es: 'Si puede ir antes, llame a {facility}.',
      en: 'If you can go earlier, call {facility}.',
    },
    call: 'destination',
  },
  /** Booked, and the date cannot be read. */
  visitUndated: {
    now: { es: 'Ya tiene cita en {facility}.', en: 'You have an appointment at {facility}.' },
    next: { es: 'La fecha no aparece aquí.', en: 'The date does not show here.' },
    todo: { es: 'Llame a {facility} para saber la fecha.', en: 'Call {facility} to know the date.' },
    call: 'destination',
  },
  /** The health centre asked for advice: no visit is coming. */
  adviceSent: {
    now: {
      es: 'Su centro de salud pidió consejo a {facility} sobre su caso.',
      en: 'Your health centre asked {facility} for advice about your case.',
    },
    next: {
      es: 'Deben recibir la pregunta a más tardar el {due}.',
      en: 'They must receive the question by {due}.',
    },
    todo: {
      es: 'No tiene que viajar. El especialista contesta a su centro de salud, que le explica.',
      en: 'You do not have to travel. The specialist answers your health centre, which explains it to you.',
    },
    call: 'origin',
  },
  /** The question for advice is being read. */
  adviceReading: {
    now: {
      es: 'Un especialista está leyendo su caso en {facility}.',
      en: 'A specialist is reading your case at {facility}.',
    },
    next: {
      es: 'Debe contestar a su centro de salud a más tardar el {due}.',
      en: 'The answer must reach your health centre by {due}.',
    },
    todo: {
      es: 'No tiene que viajar. Su centro de salud le explica la respuesta.',
      en: 'You do not have to travel. Your health centre explains the answer to you.',
    },
    call: 'origin',
  },
  /** The hospital gave advice to the health centre, without a visit: the person stays with the health centre. */
  advised: {
    now: {
      es: '{facility} ya dio su consejo a su centro de salud.',
      en: '{facility} has given its advice to your health centre.',
    },
    next: {
      es: 'Su centro de salud le sigue atendiendo y debe explicarle el consejo a más tardar el {due}.',
      en: 'Your health centre goes on taking care of you and must explain the advice by {due}.',
    },
    todo: {
      es: 'Vaya a su centro de salud. No tiene que viajar a {facility}.',
      en: 'Go to your health centre. You do not have to travel to {facility}.',
    },
    call: 'origin',
  },
  /** Came by themselves and is being attended: no health centre waits for a report. */
  ownCare: {
    now: { es: 'Le están atendiendo en {facility}.', en: '{facility} is taking care of you.' },
    next: {
      es: 'Al terminar, {facility} le da las indicaciones por escrito. Plazo: {due}.',
      en: 'When it is done, {facility} gives you the instructions in writing. Time limit: {due}.',
    },
    todo: { es: 'Pregunte al médico lo que no entienda.', en: 'Ask the doctor about anything you do not understand.' },
    call: 'destination',
  },
  /** The same, and the answer is written. */
  ownAnswered: {
    now: {
      es: 'Ya le atendieron y hay indicaciones para usted.',
      en: 'You have been seen and there are instructions for you.',
    },
    next: {
      es: '{facility} debe explicárselas a más tardar el {due}.',
      en: '{facility} must explain them to you by {due}.',
    },
    todo: {
      es: 'Pida en {facility} que se las expliquen.',
      en: 'Ask at {facility} to have them explained to you.',
    },
    call: 'destination',
  },
  /** The same, afterwards. */
  ownFollowUp: {
    now: { es: 'Ya le atendieron en {facility}.', en: 'You have been seen at {facility}.' },
    next: { es: '{facility} sigue su caso hasta el {due}.', en: '{facility} follows your case until {due}.' },
    todo: {
      es: 'Siga las indicaciones y vaya a sus controles.',
      en: 'Follow the instructions and go to your check-ups.',
    },
    call: 'destination',
  },
  /** Sent in an emergency and not seen at the hospital; nobody missed an appointment. */
  notArrived: {
    now: {
      es: 'Le esperaban en la emergencia de {facility} y no consta que llegara.',
      en: 'They were waiting for you at the emergency of {facility}, and there is no record that you arrived.',
    },
    next: {
      es: 'Su centro de salud le va a buscar para saber cómo está.',
      en: 'Your health centre will look for you to know how you are.',
    },
    todo: {
      es: 'Si todavía necesita ayuda, vaya a {facility} ahora. Le atienden sin cita.',
      en: 'If you still need help, go to {facility} now. You need no appointment.',
    },
    call: 'origin',
  },
  /** The person has died: whoever reads this is family. */
  deceased: {
    now: { es: 'Esta referencia ya terminó.', en: 'This referral has ended.' },
    next: { es: 'No habrá más llamadas ni citas.', en: 'There will be no more calls or appointments.' },
    todo: {
      es: 'La familia puede pedir información en el centro de salud.',
      en: 'The family can ask for information at the health centre.',
    },
    call: 'origin',
  },
} as const satisfies Record<string, PatientText>;

/** Sentences that go with many states. */
export const COMMON_TEXTS = {
  /** Instead of `next` when its last day is over. */
  late: {
    es: 'Ya pasó el tiempo normal. Llame para preguntar.',
    en: 'The usual time has passed. Call to ask.',
  },
  bring: {
    es: 'Lleve esta hoja, su identidad y los exámenes que tenga.',
    en: 'Bring this sheet, your identity card and any test results you have.',
  },
  ifWorse: {
    es: 'Vaya a la emergencia más cercana. No espere.',
    en: 'Go to the nearest emergency room. Do not wait.',
  },
  /** An end whose reason is the health centre's to explain. */
  askWhy: {
    es: 'Su centro de salud le puede explicar el motivo.',
    en: 'Your health centre can explain the reason.',
  },
} as const satisfies Record<string, Words>;

/** Why a referral ended without care, by exit cause (code system `exit-cause`); what is missing is the health centre's to explain. */
export const EXIT_TEXTS: Readonly<Record<string, Words>> = {
  'attended-elsewhere': {
    es: 'Consta que ya le atendieron en otro lugar.',
    en: 'It is noted that you were seen elsewhere.',
  },
  'attended-privately': {
    es: 'Consta que ya le atendieron en otro lugar.',
    en: 'It is noted that you were seen elsewhere.',
  },
  'attended-in-emergency': {
    es: 'Consta que ya le atendieron en emergencia.',
    en: 'It is noted that you were seen in an emergency room.',
  },
  'repeated-no-show': {
    es: 'Consta que faltó a varias citas.',
    en: 'It is noted that you missed several appointments.',
  },
  'not-reachable': {
    es: 'No le pudieron encontrar para darle la cita.',
    en: 'They could not reach you to give you the appointment.',
  },
  'patient-declined': {
    es: 'Consta que usted no quiso la atención.',
    en: 'It is noted that you did not want the care.',
  },
  improved: { es: 'Consta que ya no la necesita.', en: 'It is noted that you no longer need it.' },
  moved: { es: 'Consta que usted cambió de domicilio.', en: 'It is noted that you moved.' },
  duplicate: {
    es: 'Ya había otra referencia igual para usted.',
    en: 'There was already another referral like this for you.',
  },
  redirected: { es: 'Su caso siguió con otra referencia.', en: 'Your case went on with another referral.' },
  'registration-error': { es: 'Se registró por error.', en: 'It was recorded by mistake.' },
  expired: { es: 'Se terminó el plazo para atenderla.', en: 'The time to attend it ran out.' },
};

/** Why an appointment was cancelled, by the first word of its reason (code system `cancel-reason`): whose reason it was. */
export const CANCEL_TEXTS: Readonly<Record<string, Words>> = {
  patient: { es: 'Consta que usted no podía ir ese día.', en: 'It is noted that you could not go that day.' },
  provider: { es: '{facility} no podía atenderle ese día.', en: '{facility} could not see you that day.' },
  other: { es: 'Hubo un problema ajeno a usted.', en: 'There was a problem that was not yours.' },
};
