import { codeSystemUrl } from '../config/canonical.js';
import type { Filter } from '../store/write-plan.js';
import type { LocalDay } from './local-day.js';
import type { Side } from './parties.js';
import type { ReferralState } from './states.js';

/** Which of the rows of its states a list takes. */
type Slice = 'all' | 'today' | 'overdue';

interface WorklistRow {
  readonly es: string;
  readonly en: string;
  /** Side on which the facility stands. */
  readonly side: Side;
  readonly states: readonly ReferralState[];
  readonly slice?: Slice;
}

const DESTINATION: readonly ReferralState[] = [
  'sent',
  'in-triage',
  'accepted-waiting',
  'scheduled',
  'in-transit',
  'no-show',
  'appointment-cancelled',
  'arrived',
  'in-care',
  'interim-answer',
  'cancel-requested',
];
const ORIGIN: readonly ReferralState[] = ['info-requested', 'rejected', 'answered', 'follow-up'];

/** Lists of work of a facility; what it owes as destination first, then what it owes as origin. */
export const WORKLISTS = {
  new: { es: 'Nuevas', en: 'New', side: 'destination', states: ['sent'] },
  'in-transit': { es: 'En traslado', en: 'In transit', side: 'destination', states: ['in-transit'] },
  triage: { es: 'En triaje', en: 'In triage', side: 'destination', states: ['in-triage'] },
  'to-book': {
    es: 'Por citar',
    en: 'To book',
    side: 'destination',
    states: ['accepted-waiting', 'no-show', 'appointment-cancelled'],
  },
  scheduled: { es: 'Citadas', en: 'Scheduled', side: 'destination', states: ['scheduled'] },
  today: { es: 'Citas de hoy', en: 'Scheduled today', side: 'destination', states: ['scheduled'], slice: 'today' },
  present: { es: 'Presentes', en: 'Arrived', side: 'destination', states: ['arrived'] },
  'to-answer': { es: 'Por responder', en: 'To answer', side: 'destination', states: ['in-care', 'interim-answer'] },
  'to-cancel': { es: 'Anulación solicitada', en: 'To cancel', side: 'destination', states: ['cancel-requested'] },
  overdue: { es: 'Vencidas', en: 'Overdue', side: 'destination', states: DESTINATION, slice: 'overdue' },
  returned: { es: 'Falta información', en: 'Information asked', side: 'origin', states: ['info-requested'] },
  rejected: { es: 'Rechazadas', en: 'Rejected', side: 'origin', states: ['rejected'] },
  'to-acknowledge': { es: 'Respuestas por leer', en: 'Answers to read', side: 'origin', states: ['answered'] },
  'follow-up': { es: 'En seguimiento', en: 'In follow-up', side: 'origin', states: ['follow-up'] },
  'overdue-origin': {
    es: 'Vencidas en origen',
    en: 'Overdue at origin',
    side: 'origin',
    states: ORIGIN,
    slice: 'overdue',
  },
} as const satisfies Record<string, WorklistRow>;

export type WorklistName = keyof typeof WORKLISTS;

export const ALL_WORKLISTS = Object.keys(WORKLISTS) as readonly WorklistName[];

/** A list's row, with the optional columns readable. */
export const worklistRow = (name: WorklistName): WorklistRow => WORKLISTS[name];

/** Filter of a list on the work scalars of Task (Organization id; `now` decides what is overdue). */
export function worklistFilter(name: WorklistName, facility: string, now: Date, today: LocalDay): Filter {
  const { states, slice } = worklistRow(name);
  const work: Filter = { 'w.owner': facility, 'w.state': { $in: [...states] } };
  if (slice === 'today') return { ...work, 'w.due': { $gte: today.start, $lt: today.end } };
  if (slice === 'overdue') return { ...work, 'w.due': { $lt: now } };
  return work;
}

/**
 * Search that lists the same Tasks; none for a list cut by its due date, which no search parameter of R4 sees.
 */
export function worklistUrl(name: WorklistName, facility: string, baseUrl: string): string | undefined {
  const { side, states, slice } = worklistRow(name);
  if (slice !== undefined) return undefined;
  const system = codeSystemUrl('referral-status');
  const query = new URLSearchParams({
    [side === 'origin' ? 'requester' : 'owner']: `Organization/${facility}`,
    'business-status': states.map((state) => `${system}|${state}`).join(','),
  });
  return `${baseUrl}/Task?${query.toString()}`;
}
