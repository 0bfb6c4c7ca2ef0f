import type { Texts } from '../language.js';

/** Texts of the reception desk. */
export const RECEPTION = {
  title: { es: 'Recepción', en: 'Reception' },
  code: {
    es: 'Código de la hoja, número de referencia, DNI o expediente',
    en: 'Sheet code, referral number, DNI or record',
  },
  codeHint: {
    es: 'Por ejemplo ABCDE-FGHJK, REF-2026-0000001 o 0101-1984-80011.',
    en: 'For example ABCDE-FGHJK, REF-2026-0000001 or 0101-1984-80011.',
  },
  search: { es: 'Buscar', en: 'Search' },
  missing: { es: 'Escriba el código, el número o el DNI.', en: 'Write the code, the number or the DNI.' },
  emergency: {
    es: 'Una emergencia se atiende siempre, con o sin referencia.',
    en: 'An emergency is always attended, with or without a referral.',
  },
  found: { es: 'Referencias aquí', en: 'Referrals here' },
  arrived: { es: 'Llegó', en: 'Arrived' },
  noShow: { es: 'No llegó', en: 'Did not come' },
  receive: { es: 'Recibir la referencia', en: 'Receive the referral' },
  open: { es: 'Ver la referencia {number}', en: 'See referral {number}' },
  today: { es: 'Tiene cita hoy', en: 'Appointment today' },
  person: { es: 'Persona', en: 'Person' },
  identifiers: { es: 'Identidad', en: 'Identity' },
  service: { es: 'Servicio', en: 'Service' },
  origin: { es: 'La envía', en: 'Sent by' },
  state: { es: 'Estado', en: 'State' },
  visit: { es: 'Cita', en: 'Appointment' },
  noVisit: { es: 'Todavía no tiene cita', en: 'No appointment yet' },
  none: { es: 'No hay una referencia abierta aquí con «{typed}»', en: 'No open referral here with "{typed}"' },
  nonePerson: { es: '{name} no tiene una referencia abierta aquí', en: '{name} has no open referral here' },
  noneText: {
    es: 'Si trae una hoja de papel, busque o registre a la persona y anote su llegada.',
    en: 'If there is a paper sheet, find or register the person and note the arrival.',
  },
  people: { es: 'Buscar o registrar a la persona', en: 'Find or register the person' },
  ended: { es: 'Esta referencia ya terminó', en: 'This referral has ended' },
  elsewhere: { es: 'Esta referencia es para otro establecimiento', en: 'This referral is for another facility' },
  elsewhereText: { es: 'Es para {name}. Estado: {state}.', en: 'It is for {name}. State: {state}.' },
  now: { es: 'Hoy', en: 'Today' },
  appointments: { es: 'Citas de hoy: {n}', en: 'Appointments today: {n}' },
  coming: { es: 'Emergencias en camino: {n}', en: 'Emergencies on their way: {n}' },
} as const satisfies Texts;
