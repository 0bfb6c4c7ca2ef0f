import type { Task } from '@medplum/fhirtypes';
import type { Words } from '../words.js';

export type Priority = NonNullable<Task['priority']>;

/** Priorities of FHIR R4, the least urgent first. */
export const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const satisfies readonly Priority[];

/** Priorities that never wait for a desk to open: their terms run in elapsed time (LN23:2019 7.2.2, 7.2.13). */
export const EMERGENCIES: ReadonlySet<Priority> = new Set(['asap', 'stat']);

/**
 * Clocks of the states, and `waiting`, which runs beside them from the first sending: what has to happen before they run out. How long each may run is data of the ministry
 * (`src/referral/deadlines`), not code.
 */
export const CLOCKS = {
  receipt: { es: 'Recibir la referencia', en: 'Receive the referral' },
  triage: { es: 'Evaluarla en triaje', en: 'Triage it' },
  'origin-reply': { es: 'Responder lo que falta', en: 'Give what is missing' },
  booking: { es: 'Dar una cita', en: 'Give an appointment' },
  visit: { es: 'Llegar a la cita', en: 'Come to the appointment' },
  arrival: { es: 'Llegar en traslado', en: 'Arrive by transfer' },
  rebooking: { es: 'Dar otra cita', en: 'Give another appointment' },
  'start-of-care': { es: 'Comenzar la atención', en: 'Start care' },
  answer: { es: 'Dar la respuesta', en: 'Give the answer' },
  acknowledgement: { es: 'Leer la respuesta', en: 'Read the answer' },
  'origin-decision': { es: 'Decidir después del rechazo', en: 'Decide after the rejection' },
  'destination-reply': { es: 'Contestar la anulación', en: 'Reply to the cancellation' },
  'follow-up': { es: 'Dar seguimiento y cerrar', en: 'Follow up and close' },
  notice: { es: 'Atender un aviso', en: 'See to a notice' },
  draft: { es: 'Terminar un borrador', en: 'Finish a draft' },
  waiting: { es: 'Esperar la cita, desde el primer envío', en: 'Wait for the appointment, since the first sending' },
} as const satisfies Record<string, Words>;

export type Clock = keyof typeof CLOCKS;

export const ALL_CLOCKS = Object.keys(CLOCKS) as readonly Clock[];

export const isClock = (code: string | undefined): code is Clock => code !== undefined && Object.hasOwn(CLOCKS, code);
