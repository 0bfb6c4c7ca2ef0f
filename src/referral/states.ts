import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Clock } from './clocks.js';
import type { Party, Side } from './parties.js';

interface StateRow {
  readonly es: string;
  readonly en: string;
  /** ServiceRequest.status that goes with the state. */
  readonly request: NonNullable<ServiceRequest['status']>;
  /** Task.status values that may go with it, the usual one first; none while there is no Task. */
  readonly task: readonly Task['status'][];
  readonly clock?: Clock;
  /** Clock of the state before that stands still meanwhile; what is left of it goes on when that state comes back. */
  readonly pauses?: Clock;
  /** Facility that must act now: whose work it is. None when the leg has ended. */
  readonly actsNext?: Side;
  /** People on whose worklist it stands. */
  readonly worklist: readonly Party[];
}

/**
 * The states of a referral (code system `referral-status`; `Task.businessStatus`).
 * `redirected` is the end of one leg only: the referral goes on with the next Task.
 */
export const STATES = {
  draft: { es: 'Borrador', en: 'Draft', request: 'draft', task: [], actsNext: 'origin', worklist: ['OC'] },
  sent: {
    es: 'Enviada',
    en: 'Sent',
    request: 'active',
    task: ['requested'],
    clock: 'receipt',
    actsNext: 'destination',
    worklist: ['DD'],
  },
  'in-triage': {
    es: 'Recibida, en triaje',
    en: 'Received, in triage',
    request: 'active',
    task: ['received'],
    clock: 'triage',
    actsNext: 'destination',
    worklist: ['DT'],
  },
  'info-requested': {
    es: 'Falta información',
    en: 'Information requested',
    request: 'active',
    task: ['on-hold'],
    clock: 'origin-reply',
    pauses: 'triage',
    actsNext: 'origin',
    worklist: ['OC', 'OA'],
  },
  'accepted-waiting': {
    es: 'Aceptada, en lista de espera',
    en: 'Accepted, waiting',
    request: 'active',
    task: ['accepted'],
    clock: 'booking',
    actsNext: 'destination',
    worklist: ['DS'],
  },
  scheduled: {
    es: 'Citada',
    en: 'Scheduled',
    request: 'active',
    task: ['in-progress'],
    clock: 'visit',
    actsNext: 'destination',
    worklist: ['DS', 'PT'],
  },
  'in-transit': {
    es: 'En traslado (emergencia)',
    en: 'In transit (emergency)',
    request: 'active',
    task: ['accepted'],
    clock: 'arrival',
    actsNext: 'destination',
    worklist: ['DD', 'DT'],
  },
  'no-show': {
    es: 'No se presentó',
    en: 'No show',
    request: 'active',
    task: ['in-progress'],
    clock: 'rebooking',
    actsNext: 'destination',
    worklist: ['DS'],
  },
  'appointment-cancelled': {
    es: 'Cita cancelada',
    en: 'Appointment cancelled',
    request: 'active',
    task: ['in-progress'],
    clock: 'rebooking',
    actsNext: 'destination',
    worklist: ['DS'],
  },
  arrived: {
    es: 'Presente',
    en: 'Arrived',
    request: 'active',
    task: ['in-progress'],
    clock: 'start-of-care',
    actsNext: 'destination',
    worklist: ['DC'],
  },
  'in-care': {
    es: 'En atención',
    en: 'In care',
    request: 'active',
    task: ['in-progress'],
    clock: 'answer',
    actsNext: 'destination',
    worklist: ['DC'],
  },
  'interim-answer': {
    es: 'Respuesta parcial',
    en: 'Interim answer',
    request: 'active',
    task: ['in-progress'],
    clock: 'answer',
    actsNext: 'destination',
    worklist: ['DC', 'OC'],
  },
  answered: {
    es: 'Respondida',
    en: 'Answered',
    request: 'active',
    task: ['completed'],
    clock: 'acknowledgement',
    actsNext: 'origin',
    worklist: ['OC'],
  },
  rejected: {
    es: 'Rechazada',
    en: 'Rejected',
    request: 'active',
    task: ['rejected'],
    clock: 'origin-decision',
    actsNext: 'origin',
    worklist: ['OC'],
  },
  redirected: { es: 'Redirigida', en: 'Redirected', request: 'active', task: ['rejected'], worklist: [] },
  'cancel-requested': {
    es: 'Anulación solicitada',
    en: 'Cancellation requested',
    request: 'active',
    task: ['in-progress'],
    clock: 'destination-reply',
    actsNext: 'destination',
    worklist: ['DS', 'DC'],
  },
  cancelled: { es: 'Anulada', en: 'Cancelled', request: 'revoked', task: ['cancelled'], worklist: [] },
  'left-list': {
    es: 'Egresada de lista sin atención',
    en: 'Left the list without care',
    request: 'revoked',
    task: ['failed', 'cancelled'],
    worklist: ['OC'],
  },
  'follow-up': {
    es: 'Seguimiento en origen',
    en: 'Follow-up at origin',
    request: 'active',
    task: ['completed'],
    clock: 'follow-up',
    actsNext: 'origin',
    worklist: ['OC'],
  },
  closed: { es: 'Cerrada', en: 'Closed', request: 'completed', task: ['completed'], worklist: [] },
  error: {
    es: 'Registrada por error',
    en: 'Entered in error',
    request: 'entered-in-error',
    task: ['entered-in-error'],
    worklist: [],
  },
} as const satisfies Record<string, StateRow>;

export type ReferralState = keyof typeof STATES;

export const ALL_STATES = Object.keys(STATES) as readonly ReferralState[];

/** A state's row, with the optional columns readable. */
export const stateRow = (state: ReferralState): StateRow => STATES[state];

export const isReferralState = (code: string | undefined): code is ReferralState =>
  code !== undefined && Object.hasOwn(STATES, code);
