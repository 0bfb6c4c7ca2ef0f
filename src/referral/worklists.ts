import { codeSystemUrl } from '../config/canonical.js';
import type { SortSpec } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import type { LocalDay } from './local-day.js';
import type { Side } from './parties.js';
import { QUEUE_STATES } from './queue.js';
import type { ReferralState } from './states.js';

/** Which of the rows of its states a list takes. */
type Slice = 'all' | 'today' | 'overdue' | 'moved' | 'absent' | 'awaits';

interface WorklistRow {
  readonly es: string;
  readonly en: string;
  /** Side on which the facility stands. */
  readonly side: Side;
  readonly states: readonly ReferralState[];
  readonly slice?: Slice;
  /** The facility sent these and follows them, whoever must act: picked by the origin, not by whose turn it is. */
  readonly follows?: true;
  /** Overdue ones of which this organization was told, on whichever side: a UAU its facility, a network, a region. */
  readonly escalated?: true;
  /** A waiting list: each row says its place and what it comes from. */
  readonly queue?: true;
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

/** Lists of work of a facility; what it owes as destination first, then what it owes as origin, then what it watches. */
export const WORKLISTS = {
  new: { es: 'Nuevas', en: 'New', side: 'destination', states: ['sent'] },
  'in-transit': { es: 'En traslado', en: 'In transit', side: 'destination', states: ['in-transit'] },
  triage: { es: 'En triaje', en: 'In triage', side: 'destination', states: ['in-triage'] },
  'to-book': {
    es: 'Por citar',
    en: 'To book',
    side: 'destination',
    states: QUEUE_STATES,
    queue: true,
  },
  scheduled: { es: 'Citadas', en: 'Scheduled', side: 'destination', states: ['scheduled'] },
  today: { es: 'Citas de hoy', en: 'Scheduled today', side: 'destination', states: ['scheduled'], slice: 'today' },
  present: { es: 'Presentes', en: 'Arrived', side: 'destination', states: ['arrived'] },
  'to-answer': { es: 'Por responder', en: 'To answer', side: 'destination', states: ['in-care', 'interim-answer'] },
  'to-cancel': { es: 'Anulación solicitada', en: 'To cancel', side: 'destination', states: ['cancel-requested'] },
  overdue: { es: 'Vencidas', en: 'Overdue', side: 'destination', states: DESTINATION, slice: 'overdue' },
  moved: {
    es: 'Movidas en la fila',
    en: 'Moved in the queue',
    side: 'destination',
    states: [...QUEUE_STATES, 'scheduled'],
    slice: 'moved',
  },
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
  unanswered: {
    es: 'Sin respuesta',
    en: 'No reply in time',
    side: 'origin',
    states: DESTINATION,
    slice: 'overdue',
    follows: true,
  },
  // LN23:2019 7.2.10: attended, or not even that, and nobody has come back with a respuesta.
  'not-returned': {
    es: 'No han vuelto',
    en: 'Have not come back',
    side: 'origin',
    states: ['no-show', 'in-care', 'interim-answer'],
    follows: true,
  },
  // LN23:2019 7.2.2: received without a referral, on the word of this facility, which adds what it knows.
  'to-complete': {
    es: 'Por completar',
    en: 'To complete',
    side: 'origin',
    states: [...DESTINATION, ...ORIGIN],
    slice: 'awaits',
    follows: true,
  },
  // LN23:2019 7.2.10: on the way in an emergency and past the term of arrival: the facility that sent them finds out today.
  'transfer-overdue': {
    es: 'Traslados sin llegada',
    en: 'Transfers not arrived',
    side: 'origin',
    states: ['in-transit'],
    slice: 'overdue',
    follows: true,
  },
  // LN23:2019 7.2.11: whom the team visits at home: who did not go, and who was attended and is past the term of the answer.
  'home-visit': {
    es: 'Visita domiciliaria',
    en: 'Home visit',
    side: 'origin',
    states: ['no-show', 'in-care', 'interim-answer'],
    slice: 'absent',
    follows: true,
  },
  'sent-open': {
    es: 'Enviadas, abiertas',
    en: 'Sent and open',
    side: 'origin',
    states: [...DESTINATION, ...ORIGIN],
    follows: true,
  },
  escalated: {
    es: 'Escaladas',
    en: 'Escalated',
    side: 'destination',
    states: [...DESTINATION, ...ORIGIN],
    escalated: true,
  },
} as const satisfies Record<string, WorklistRow>;

export type WorklistName = keyof typeof WORKLISTS;

export const ALL_WORKLISTS = Object.keys(WORKLISTS) as readonly WorklistName[];

/** A list's row, with the optional columns readable. */
export const worklistRow = (name: WorklistName): WorklistRow => WORKLISTS[name];

export const isWorklist = (name: string | undefined): name is WorklistName =>
  name !== undefined && Object.hasOwn(WORKLISTS, name);

/** A list that takes all referrals of its states; the others, cut by time or looked at from afar, repeat its rows. */
export const isWholeList = (name: WorklistName): boolean => {
  const { slice, follows, escalated } = worklistRow(name);
  return slice === undefined && follows === undefined && escalated === undefined;
};

/**
 * Orders of lists, each with the index of Task in which it stands (src/fhir/search/indexes.ts); `_id` tells equals apart.
 * - `queue`: order of work: clinical priority, a move by hand within it, the earliest term (what is overdue longest), the
 *   first date (referral-anchors 2.5)
 * - `sent`, `escalated`: what was sent, and of what one was told, by urgency and term
 * - `agenda`: by the start of the appointment
 * - `awaits`: as `sent`
 * - `moved`: the last move by hand first
 */
const ORDERS = {
  queue: { 'k.priority': -1, 'w.place': 1, 'w.due': 1, 'w.since': 1, _id: 1 },
  sent: { 'k.priority': -1, 'w.due': 1, _id: 1 },
  escalated: { 'k.priority': -1, 'w.due': 1, _id: 1 },
  agenda: { 'w.start': 1, _id: 1 },
  awaits: { 'k.priority': -1, 'w.due': 1, _id: 1 },
  moved: { 'w.moved': -1, _id: 1 },
} as const satisfies Record<string, SortSpec>;

/** What a list may be narrowed to. */
export interface WorklistNarrowing {
  /** Code of the specialty. */
  readonly specialty?: string;
  /** Organization id of the facility that sent the referral. */
  readonly origin?: string;
}

/** Name of the index of Task in which a list stands in its order. */
export function worklistIndex(name: WorklistName): keyof typeof ORDERS {
  const { escalated, follows, slice } = worklistRow(name);
  if (escalated) return 'escalated';
  if (slice === 'today') return 'agenda';
  if (slice === 'moved') return 'moved';
  if (slice === 'awaits') return 'awaits';
  return follows ? 'sent' : 'queue';
}

/** Order of a list. */
export const worklistOrder = (name: WorklistName): SortSpec => ORDERS[worklistIndex(name)];

/** By which scalar the rows of an organization's list are found. */
function reachField(name: WorklistName): 'w.owner' | 'w.origin' | 'w.escalated' {
  const { follows, escalated } = worklistRow(name);
  if (escalated) return 'w.escalated';
  return follows ? 'w.origin' : 'w.owner';
}

/** Filter of a list on the work scalars of Task (Organization id; `now` decides what is overdue). */
export function worklistFilter(
  name: WorklistName,
  facility: string,
  now: Date,
  today: LocalDay,
  { specialty, origin }: WorklistNarrowing = {},
): Filter {
  const { states, slice } = worklistRow(name);
  const work: Filter = {
    $and: [
      { [reachField(name)]: facility, 'w.state': { $in: [...states] } },
      ...(specialty === undefined ? [] : [{ 'w.specialty': specialty }]),
      ...(origin === undefined ? [] : [{ 'w.origin': origin }]),
    ],
  };
  if (slice === 'today') return { ...work, 'w.start': { $gte: today.start, $lt: today.end } };
  if (slice === 'moved') return { ...work, 'w.moved': { $exists: true } };
  if (slice === 'overdue') return { ...work, 'w.due': { $lt: now } };
  if (slice === 'awaits') return { ...work, 'w.awaits': true };
  if (slice === 'absent') return { ...work, $or: [{ 'w.state': 'no-show' }, { 'w.due': { $lt: now } }] };
  return work;
}

/**
 * Address of a list: a search where one says the same, so that any FHIR client can use it; else the operation `$worklist`,
 * because no search parameter of R4 sees a term, knows the place in a queue, or leaves out a leg that another one follows. (A rejected leg that was sent
 * again is found by the search of `rejected`, and is not counted.)
 */
export function worklistUrl(name: WorklistName, facility: string, baseUrl: string): string {
  const { side, states, queue } = worklistRow(name);
  if (!isWholeList(name) || queue) return `${baseUrl}/Organization/${facility}/$worklist?list=${name}`;
  const system = codeSystemUrl('referral-status');
  const query = new URLSearchParams({
    [side === 'origin' ? 'requester' : 'owner']: `Organization/${facility}`,
    'business-status': states.map((state) => `${system}|${state}`).join(','),
  });
  return `${baseUrl}/Task?${query.toString()}`;
}
