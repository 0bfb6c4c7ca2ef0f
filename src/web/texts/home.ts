import type { Texts } from '../language.js';

/** Texts of the first page, signed in and signed out. */
export const HOME = {
  title: { es: 'Su trabajo de hoy', en: "Today's work" },
  asDestination: { es: 'Referencias que su establecimiento recibe', en: 'Referrals your facility receives' },
  asOrigin: { es: 'Referencias que su establecimiento envió', en: 'Referrals your facility sent' },
  list: { es: 'Lista', en: 'List' },
  count: { es: 'Cuántas', en: 'How many' },
  waiting: {
    es: 'Hay {n} referencias que esperan a su establecimiento.',
    en: '{n} referrals are waiting for your facility.',
  },
  waitingOne: {
    es: 'Hay una referencia que espera a su establecimiento.',
    en: 'One referral is waiting for your facility.',
  },
  overdue: { es: '{n} pasaron de su plazo. Empiece por ellas.', en: '{n} are past their time. Start with them.' },
  noneWaiting: { es: 'Nada espera a su establecimiento ahora.', en: 'Nothing is waiting for your facility now.' },
  overdueOne: { es: 'Una pasó de su plazo. Empiece por ella.', en: 'One is past its time. Start with it.' },
  empty: { es: 'Nada espera a su establecimiento', en: 'Nothing is waiting for your facility' },
  emptyText: {
    es: 'Cuando llegue una referencia o una respuesta, la verá aquí.',
    en: 'When a referral or an answer arrives, you will see it here.',
  },
  newReferral: { es: 'Nueva referencia', en: 'New referral' },
  reception: { es: 'Recepción', en: 'Reception' },
  inbox: { es: 'Ver la bandeja', en: 'See the inbox' },
  releases: { es: 'Publicaciones de estadísticas', en: 'Releases of statistics' },
  pages: { es: 'Qué puede hacer', en: 'What you can do' },
  landing: { es: 'Referencia y Respuesta', en: 'Referral and Response' },
  landingText: {
    es: 'Aquí su centro de salud y el hospital se ponen de acuerdo para atenderle.',
    en: 'Here your health centre and the hospital agree on your care.',
  },
  patients: { es: 'Pacientes', en: 'Patients' },
  patientsText: {
    es: 'Con el código de su hoja puede ver cuándo es su cita y qué sigue.',
    en: 'With the code on your sheet you can see when your appointment is and what comes next.',
  },
  followReferral: { es: 'Ver mi referencia', en: 'See my referral' },
  haveAccount: { es: '¿Ya abrió su cuenta?', en: 'You have an account already?' },
  openAccount: { es: 'Abrir mi cuenta', en: 'Open my account' },
  staff: { es: 'Personal de salud', en: 'Health personnel' },
  staffText: { es: 'Entre con su usuario y contraseña.', en: 'Sign in with your user name and password.' },
  data: { es: 'Datos abiertos', en: 'Open data' },
  dataText: {
    es: 'Cuántas referencias se envían y cuántas se responden',
    en: 'How many referrals are sent and how many are answered',
  },
  systems: { es: 'Para sistemas', en: 'For systems' },
  version: { es: 'API FHIR R4, versión {version}', en: 'FHIR R4 API, version {version}' },
  capabilities: { es: 'Qué ofrece (CapabilityStatement)', en: 'What it offers (CapabilityStatement)' },
  openApi: { es: 'Descripción OpenAPI', en: 'OpenAPI description' },
  smart: { es: 'Cómo se obtiene un token (SMART)', en: 'How to get a token (SMART)' },
  ready: { es: 'Estado del servicio', en: 'State of the service' },
} as const satisfies Texts;
