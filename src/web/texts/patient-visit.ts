import type { Words } from '../../words.js';
import type { Texts } from '../language.js';

/** Texts for a patient who changes or cancels the own appointment: sentences of 20 words at most. */
export const VISIT = {
  question: { es: '¿No puede ir ese día?', en: 'You cannot go that day?' },
  change: { es: 'Cambiar la fecha', en: 'Change the date' },
  cancel: { es: 'Cancelar la cita', en: 'Cancel the appointment' },
  yours: { es: 'Su cita es el {visit}.', en: 'Your appointment is on {visit}.' },
  newDate: { es: 'Fecha que quiere', en: 'Date that you want' },
  newDateHint: {
    es: 'Son los cupos libres más cercanos.',
    en: 'These are the nearest free places.',
  },
  dateMissing: { es: 'Elija una fecha de la lista.', en: 'Choose a date from the list.' },
  reason: { es: '¿Por qué?', en: 'Why?' },
  reasonMissing: { es: 'Elija por qué no puede ir.', en: 'Choose why you cannot go.' },
  goOn: { es: 'Seguir', en: 'Go on' },
  noSlots: { es: 'No hay otra fecha libre ahora', en: 'No other date is free now' },
  noSlotsText: {
    es: 'Llame para pedir otra fecha. También puede cancelar: le van a llamar para darle otra.',
    en: 'Call to ask for another date. You can also cancel: they will call you to give you another.',
  },
  sureChange: { es: '¿Quiere cambiar su cita?', en: 'Do you want to change your appointment?' },
  before: { es: 'Antes', en: 'Before' },
  now: { es: 'Ahora', en: 'Now' },
  sureChangeText: {
    es: 'Otra persona va a usar su fecha de antes. Usted ya no la puede recuperar.',
    en: 'Somebody else will use your earlier date. You cannot get it back.',
  },
  yesChange: { es: 'Sí, cambiar mi cita', en: 'Yes, change my appointment' },
  sureCancel: { es: '¿Quiere cancelar su cita?', en: 'Do you want to cancel your appointment?' },
  sureCancelText: {
    es: 'Otra persona va a usar su fecha. Su referencia sigue: le van a llamar para darle otra.',
    en: 'Somebody else will use your date. Your referral goes on: they will call you to give you another.',
  },
  yesCancel: { es: 'Sí, cancelar mi cita', en: 'Yes, cancel my appointment' },
  no: { es: 'No, dejarla como está', en: 'No, leave it as it is' },
  taken: {
    es: 'Otra persona acaba de tomar esa fecha. Elija otra.',
    en: 'Somebody else has just taken that date. Choose another.',
  },
  changed: { es: 'Listo. Su cita cambió.', en: 'Done. Your appointment changed.' },
  cancelled: { es: 'Listo. Su cita se canceló.', en: 'Done. Your appointment was cancelled.' },
  withCode: {
    es: 'Para cambiar o cancelar la cita, llame. Si tiene cuenta, entre y hágalo ahí.',
    en: 'To change or cancel the appointment, call. If you have an account, sign in and do it there.',
  },
  signIn: { es: 'Entrar con mi cuenta', en: 'Sign in with my account' },
} as const satisfies Texts;

/** Reasons of the code system `cancel-reason` that a patient gives, in the patient's own words and the order of the page. */
export const VISIT_REASONS = {
  'patient-unwell': { es: 'Estoy enfermo o en un hospital', en: 'I am ill or in a hospital' },
  'patient-transport': {
    es: 'No tengo cómo llegar o con qué pagar el viaje',
    en: 'I cannot get there or pay the trip',
  },
  'patient-work-family': {
    es: 'Tengo trabajo, estudio o a quién cuidar',
    en: 'I have work, studies or somebody to look after',
  },
  'other-weather-road': { es: 'El clima o el camino no dejan pasar', en: 'The weather or the road do not let me pass' },
  'patient-attended-elsewhere': { es: 'Ya me atendieron en otro lugar', en: 'I was seen elsewhere' },
  'patient-improved': { es: 'Ya no la necesito', en: 'I no longer need it' },
  'patient-declined': { es: 'No deseo esa atención', en: 'I do not want that care' },
  other: { es: 'Otro motivo', en: 'Another reason' },
} as const satisfies Readonly<Record<string, Words>>;
