import type { Words } from '../../words.js';

/**
 * What the monthly supervision counts (LN23:2019, 7.2.12 asks for the review and names no indicators), each with its rule.
 * `detail` rows have one count for each code of the system.
 */
export const SUPERVISION_ROWS = {
  sent: {
    es: 'Referencias enviadas',
    en: 'Referrals sent',
    rule: {
      es: 'Enviadas por primera vez en el mes por el establecimiento.',
      en: 'Sent for the first time in the month by the facility.',
    },
  },
  'sent-state': {
    es: 'Enviadas, por estado',
    en: 'Sent, by state',
    detail: 'referral-status',
    rule: {
      es: 'Cómo está hoy el primer tramo de cada una.',
      en: 'How the first leg of each stands today.',
    },
  },
  'sent-answered': {
    es: 'Enviadas y respondidas',
    en: 'Sent and answered',
    rule: {
      es: 'De las enviadas en el mes, las que ya tienen respuesta del primer destino.',
      en: 'Of those sent in the month, those that have an answer of the first destination by now.',
    },
  },
  received: {
    es: 'Referencias recibidas',
    en: 'Referrals received',
    rule: {
      es: 'Marcadas como recibidas en el mes por el establecimiento.',
      en: 'Marked as received in the month by the facility.',
    },
  },
  'received-state': {
    es: 'Recibidas, por estado',
    en: 'Received, by state',
    detail: 'referral-status',
    rule: { es: 'Cómo están hoy.', en: 'How they stand today.' },
  },
  'answered-of-received': {
    es: 'Respondidas, de las recibidas en el mes',
    en: 'Answered, of those received in the month',
    rule: {
      es: 'Solo las recibidas en el mes, aunque la respuesta sea posterior.',
      en: 'Only those received in the month, even when the answer came later.',
    },
  },
  'answers-given': {
    es: 'Respuestas dadas en el mes',
    en: 'Answers given in the month',
    rule: {
      es: 'Todas las respuestas del mes, también a referencias de meses anteriores.',
      en: 'All answers of the month, also to referrals of earlier months.',
    },
  },
  oportuna: {
    es: 'Oportuna, según quien recibe',
    en: 'Timely (oportuna), by the receiver',
    detail: 'judgement',
    rule: { es: 'De las respondidas de las recibidas.', en: 'Of those answered of those received.' },
  },
  justificada: {
    es: 'Justificada, según quien recibe',
    en: 'Justified, by the receiver',
    detail: 'judgement',
    rule: { es: 'De las respondidas de las recibidas.', en: 'Of those answered of those received.' },
  },
  rejected: {
    es: 'No aceptadas, por motivo',
    en: 'Not accepted, by reason',
    detail: 'reject-reason',
    rule: { es: 'De las recibidas.', en: 'Of those received.' },
  },
  redirected: {
    es: 'Pasadas a otro lugar, por motivo',
    en: 'Redirected, by reason',
    detail: 'redirect-reason',
    rule: { es: 'De las recibidas.', en: 'Of those received.' },
  },
  'with-appointment': {
    es: 'Recibidas con cita',
    en: 'Received with an appointment',
    rule: { es: 'De las recibidas, las que tienen o tuvieron cita.', en: 'Of those received, with an appointment.' },
  },
  'days-to-receipt': {
    es: 'Días del envío a la recepción (mediana)',
    en: 'Days from sending to receipt (median)',
    median: true,
    rule: { es: 'De las recibidas.', en: 'Of those received.' },
  },
  'days-to-answer': {
    es: 'Días de la recepción a la respuesta (mediana)',
    en: 'Days from receipt to answer (median)',
    median: true,
    rule: { es: 'De las respondidas de las recibidas.', en: 'Of those answered of those received.' },
  },
} as const satisfies Record<string, Words & { readonly rule: Words; readonly detail?: string; readonly median?: true }>;

export type SupervisionRow = keyof typeof SUPERVISION_ROWS;
export const ALL_SUPERVISION_ROWS = Object.keys(SUPERVISION_ROWS) as readonly SupervisionRow[];

/** A row with its optional columns readable. */
export const supervisionRow = (
  row: SupervisionRow,
): Words & { readonly rule: Words; readonly detail?: string; readonly median?: true } => SUPERVISION_ROWS[row];
