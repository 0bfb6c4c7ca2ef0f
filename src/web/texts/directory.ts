import type { Texts } from '../language.js';

/** What to know of a service before referring to it. */
export const DIRECTORY = {
  see: { es: 'Ver qué pide este servicio', en: 'See what this service asks for' },
  title: { es: 'Antes de enviar', en: 'Before sending' },
  choose: {
    es: 'Elija establecimiento y especialidad para ver qué pide el servicio.',
    en: 'Choose facility and specialty to see what the service asks for.',
  },
  notListed: {
    es: 'El directorio no tiene esta especialidad en ese establecimiento.',
    en: 'The directory does not list this specialty at that facility.',
  },
  capacity: { es: 'Cupo, según el servicio', en: 'Capacity, by the service itself' },
  capacityNote: { es: '{status}: {note}', en: '{status}: {note}' },
  capacitySince: { es: '{text} (desde el {when})', en: '{text} (since {when})' },
  hours: { es: 'Horario', en: 'Hours' },
  wait: { es: 'Espera medida', en: 'Measured wait' },
  waitText: {
    es: 'La mitad espera {median} días o menos; nueve de cada diez, {p90} días o menos ({basis} citas de los últimos {days} días).',
    en: 'Half wait {median} days or less; nine of ten {p90} days or less ({basis} appointments of the last {days} days).',
  },
  waitFew: {
    es: 'Hubo muy pocas citas en los últimos {days} días para decirlo.',
    en: 'There were too few appointments in the last {days} days to tell.',
  },
  waitNone: {
    es: 'No hubo citas en los últimos {days} días.',
    en: 'There were no appointments in the last {days} days.',
  },
  contradiction: {
    es: 'Lo que dice el servicio y la espera medida no coinciden: vea las dos.',
    en: 'What the service says and the measured wait disagree: look at both.',
  },
  asks: { es: 'Lo que pide', en: 'What it asks for' },
  has: { es: 'va', en: 'goes along' },
  lacks: { es: 'falta', en: 'missing' },
  look: { es: 'revise que vaya', en: 'check that it goes along' },
  form: { es: 'Formulario que pide: {url}', en: 'Form it asks for: {url}' },
  sendsBack: { es: 'Por qué devuelve referencias', en: 'Why it sends referrals back' },
  sendsBackDays: { es: 'En los últimos {days} días.', en: 'In the last {days} days.' },
  sendsBackNone: {
    es: 'No devolvió ninguna en los últimos {days} días.',
    en: 'It sent none back in the last {days} days.',
  },
  rejected: { es: 'Rechazó: {reason}', en: 'Rejected: {reason}' },
  redirected: { es: 'Pasó a otro: {reason}', en: 'Redirected: {reason}' },
  information: { es: 'Pidió: {reason}', en: 'Asked for: {reason}' },
  times: { es: '{text} ({n} veces)', en: '{text} ({n} times)' },
  fewTimes: { es: '{text} (pocas veces)', en: '{text} (a few times)' },
  routes: { es: 'A dónde conviene', en: 'Where to refer' },
  routesNone: { es: 'Nadie más ofrece esta especialidad.', en: 'Nobody else offers this specialty.' },
  use: { es: 'Elegir {place}', en: 'Choose {place}' },
  chosen: { es: 'Es el que eligió', en: 'It is the one you chose' },
  direct: { es: '¿Por qué directo al hospital?', en: 'Why directly to the hospital?' },
  directHint: {
    es: 'Si puede esperar, primero se consulta con el policlínico (LN23:2019, 8.1.7). Diga con quién habló o por qué no; se envía de todos modos.',
    en: 'If it can wait, the polyclinic is consulted first (LN23:2019, 8.1.7). Say whom you asked or why not; it is sent all the same.',
  },
  routingReason: { es: 'Por qué directo', en: 'Why directly' },
} as const satisfies Texts;

/** Days of the week as FHIR has them. */
export const WEEK_DAYS = {
  mon: { es: 'lunes', en: 'Monday' },
  tue: { es: 'martes', en: 'Tuesday' },
  wed: { es: 'miércoles', en: 'Wednesday' },
  thu: { es: 'jueves', en: 'Thursday' },
  fri: { es: 'viernes', en: 'Friday' },
  sat: { es: 'sábado', en: 'Saturday' },
  sun: { es: 'domingo', en: 'Sunday' },
} as const satisfies Texts;
