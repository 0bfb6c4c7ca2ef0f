import type { Words } from '../../words.js';
import type { Texts } from '../language.js';

/** Texts of the list of those who saw a record. */
export const ACCESS = {
  title: { es: 'Quién vio mi expediente', en: 'Who saw my record' },
  intro: {
    es: 'Aquí está cada vez que alguien miró o cambió su expediente, lo más nuevo primero.',
    en: 'Here is every time somebody looked at your record or changed it, the newest first.',
  },
  strange: {
    es: 'Si no conoce a alguien de la lista, pregunte en su centro de salud.',
    en: 'If you do not know somebody on the list, ask your health centre.',
  },
  withOwn: { es: 'Ver también cuando yo lo miré', en: 'Also show when I looked' },
  withoutOwn: { es: 'Esconder cuando yo lo miré', en: 'Hide when I looked' },
  nobody: { es: 'Nadie lo ha mirado todavía', en: 'Nobody has looked at it yet' },
  nobodyText: {
    es: 'Cuando alguien mire su expediente, aquí dirá quién, cuándo y para qué.',
    en: 'When somebody looks at your record, this will say who, when and why.',
  },
  you: { es: 'Usted', en: 'You' },
  paperCode: { es: 'Alguien con la hoja de su referencia', en: 'Somebody with the sheet of your referral' },
  unknown: { es: 'Persona no registrada', en: 'Person not registered' },
  times: { es: '{n} veces, de {from} a {to}', en: '{n} times, from {from} to {to}' },
  timesAt: { es: '{n} veces, a las {from}', en: '{n} times, at {from}' },
  once: { es: 'a las {from}', en: 'at {from}' },
  refused: { es: 'Quiso entrar y no pudo', en: 'Tried to get in and could not' },
  saw: { es: 'Miró {things}', en: 'Looked at {things}' },
  wrote: { es: 'Anotó {things}', en: 'Noted {things}' },
  changed: { es: 'Cambió {things}', en: 'Changed {things}' },
  removed: { es: 'Quitó {things}', en: 'Removed {things}' },
  sent: { es: 'Envió su referencia', en: 'Sent your referral' },
  moved: { es: 'Siguió su referencia: {move}', en: 'Went on with your referral: {move}' },
  followed: { es: 'Vio qué sigue con su referencia', en: 'Saw what comes next with your referral' },
  madeCode: { es: 'Hizo el código para abrir su cuenta', en: 'Made the code to open your account' },
  opened: { es: 'Abrió su cuenta, o cambió la contraseña', en: 'Opened your account, or changed the password' },
  told: { es: 'Le envió un mensaje', en: 'Sent you a message' },
  other: { es: 'Usó su expediente', en: 'Used your record' },
  record: { es: 'su expediente', en: 'your record' },
  wholeRecord: { es: 'casi todo su expediente', en: 'nearly all of your record' },
  why: { es: 'Para qué: {why}', en: 'What for: {why}' },
} as const satisfies Texts;

/** What was looked at, by resource type. */
export const ACCESS_THINGS: Readonly<Record<string, Words>> = {
  Patient: { es: 'sus datos', en: 'your data' },
  RelatedPerson: { es: 'sus familiares', en: 'your relatives' },
  ServiceRequest: { es: 'sus referencias', en: 'your referrals' },
  Task: { es: 'sus referencias', en: 'your referrals' },
  Appointment: { es: 'sus citas', en: 'your appointments' },
  Communication: { es: 'sus avisos', en: 'your messages' },
  Encounter: { es: 'sus consultas', en: 'your visits' },
  Condition: { es: 'sus enfermedades', en: 'your illnesses' },
  Observation: { es: 'sus resultados', en: 'your results' },
  AllergyIntolerance: { es: 'sus alergias', en: 'your allergies' },
  MedicationRequest: { es: 'sus medicinas', en: 'your medicines' },
  MedicationStatement: { es: 'sus medicinas', en: 'your medicines' },
  Procedure: { es: 'sus procedimientos', en: 'your procedures' },
  Immunization: { es: 'sus vacunas', en: 'your vaccines' },
  DiagnosticReport: { es: 'sus estudios', en: 'your tests' },
  DocumentReference: { es: 'sus documentos', en: 'your documents' },
  Binary: { es: 'sus documentos', en: 'your documents' },
  Composition: { es: 'las respuestas del hospital', en: 'the answers of the hospital' },
  Bundle: { es: 'las respuestas del hospital', en: 'the answers of the hospital' },
  Consent: { es: 'sus permisos', en: 'your consents' },
  List: { es: 'sus listas', en: 'your lists' },
  Provenance: { es: 'quién escribió en su expediente', en: 'who wrote in your record' },
  AuditEvent: { es: 'esta lista', en: 'this list' },
};

/** Why, by purpose of use (HL7 v3 ActReason). */
export const ACCESS_REASONS: Readonly<Record<string, Words>> = {
  TREAT: { es: 'atenderle', en: 'to care for you' },
  ETREAT: { es: 'una emergencia', en: 'an emergency' },
  BTG: { es: 'una emergencia', en: 'an emergency' },
  PATRQT: { es: 'lo pidió usted', en: 'you asked for it' },
  HOPERAT: { es: 'organizar la atención', en: 'to organise care' },
  PUBHLTH: { es: 'salud pública', en: 'public health' },
  HCOMPL: { es: 'vigilar que se use bien', en: 'to watch that it is used well' },
  HSYSADMIN: { es: 'mantener el sistema', en: 'to maintain the system' },
};
