import { codeSystemUrl } from '../config/canonical.js';
import type { Filter } from '../store/write-plan.js';
import type { ListOrder } from './list-order.js';
import type { LocalDay } from './local-day.js';
import type { Side } from './parties.js';
import { QUEUE_STATES } from './queue.js';
import { draftFilter } from './drafts/draft-query.js';
import { NOTICE_STATE } from './notices/notice-work.js';
import type { ReferralState } from './states.js';

/** Which of the rows of its states a list takes. */
type Slice = 'all' | 'today' | 'overdue' | 'moved' | 'absent' | 'incomplete';

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
  /**
   * What stands on it when it is no leg: notices, on whichever side the facility stands, or the facility's own drafts
   * (ServiceRequests, which have no leg yet).
   */
  readonly holds?: 'notices' | 'drafts';
  /** The facility waits for the other side to act: picked by the destination while it is the origin's turn. */
  readonly awaits?: true;
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
  // Transition 06: past the term of the origin the service proposes the rejection, and triage decides.
  'no-reply': {
    es: 'El origen no contestó',
    en: 'No answer from the origin',
    side: 'destination',
    states: ['info-requested'],
    slice: 'overdue',
    awaits: true,
  },
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
    slice: 'incomplete',
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
  notices: { es: 'Avisos', en: 'Notices', side: 'origin', states: [], holds: 'notices' },
  drafts: { es: 'Borradores', en: 'Drafts', side: 'origin', states: ['draft'], holds: 'drafts' },
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

/** A list that takes all referrals of its states; the others, cut by time or looked at from afar, repeat its rows, or hold something else. */
export const isWholeList = (name: WorklistName): boolean => {
  const { slice, follows, escalated, holds } = worklistRow(name);
  return [slice, follows, escalated, holds].every((column) => column === undefined);
};

/**
 * Orders of lists, each with the index of Task in which it stands (src/fhir/search/indexes.ts); `_id` tells equals apart.
 * - `queue`: order of work: clinical priority, the earliest term (what is overdue longest), the first date
 * - `waiting`: the waiting list: clinical priority, a move by hand within it, those who have waited longer than the whole waiting
 *   may last, the first date (referral-anchors 2.5)
 * - `sent`, `escalated`, `awaited`, `incomplete`: what was sent, of what one was told, what was asked, and what lacks the part of the origin, by urgency and term
 * - `agenda`: by the start of the appointment
 * - `moved`: the last move by hand first
 * - `drafts`: what nobody has touched the longest first
 */
const ORDERS = {
  queue: { sort: { 'k.priority': -1, 'w.place': 1, 'w.due': 1, 'w.since': 1, _id: 1 } },
  waiting: {
    sort: { 'k.priority': -1, 'w.place': 1, 'w.since': 1, _id: 1 },
    pastFirst: { field: 'w.until', within: 2 },
  },
  sent: { sort: { 'k.priority': -1, 'w.due': 1, _id: 1 } },
  escalated: { sort: { 'k.priority': -1, 'w.due': 1, _id: 1 } },
  awaited: { sort: { 'k.priority': -1, 'w.due': 1, _id: 1 } },
  incomplete: { sort: { 'k.priority': -1, 'w.due': 1, _id: 1 } },
  agenda: { sort: { 'w.start': 1, _id: 1 } },
  moved: { sort: { 'w.moved': -1, _id: 1 } },
  drafts: { sort: { lu: 1, _id: 1 } },
} as const satisfies Record<string, ListOrder>;

/** What a list may be narrowed to. */
export interface WorklistNarrowing {
  /** Code of the specialty. */
  readonly specialty?: string;
  /** Organization id of the facility that sent the referral. */
  readonly origin?: string;
  /** PractitionerRole id of who wrote the draft. */
  readonly author?: string;
}

/** Name of the index of Task in which a list stands in its order. */
export function worklistIndex(name: WorklistName): keyof typeof ORDERS {
  const { awaits, escalated, follows, holds, queue, slice } = worklistRow(name);
  if (holds === 'drafts') return 'drafts';
  if (queue) return 'waiting';
  if (escalated) return 'escalated';
  if (awaits) return 'awaited';
  if (slice === 'today') return 'agenda';
  if (slice === 'moved') return 'moved';
  if (slice === 'incomplete') return 'incomplete';
  return follows ? 'sent' : 'queue';
}

/** Type of the resources that stand on a list. */
export const worklistType = (name: WorklistName): 'Task' | 'ServiceRequest' =>
  worklistRow(name).holds === 'drafts' ? 'ServiceRequest' : 'Task';

/** Order of a list. */
export const worklistOrder = (name: WorklistName): ListOrder => ORDERS[worklistIndex(name)];

/** By which scalar the rows of an organization's list are found. */
function reachField(name: WorklistName): 'w.owner' | 'w.origin' | 'w.escalated' | 'w.awaits' {
  const { awaits, follows, escalated } = worklistRow(name);
  if (escalated) return 'w.escalated';
  if (awaits) return 'w.awaits';
  return follows ? 'w.origin' : 'w.owner';
}

/** Filter of a list on the work scalars of Task (Organization id; `now` decides what is overdue). */
export function worklistFilter(
  name: WorklistName,
  facility: string,
  now: Date,
  today: LocalDay,
  { specialty, origin, author }: WorklistNarrowing = {},
): Filter {
  const { states, slice, holds, escalated } = worklistRow(name);
  if (holds === 'drafts') return draftFilter({ facility, ...(author === undefined ? {} : { author }) });
  const notices = holds === 'notices' || escalated ? [NOTICE_STATE] : [];
  const work: Filter = {
    $and: [
      { [reachField(name)]: facility, 'w.state': { $in: [...states, ...notices] } },
      ...(specialty === undefined ? [] : [{ 'w.specialty': specialty }]),
      ...(origin === undefined ? [] : [{ 'w.origin': origin }]),
    ],
  };
  if (slice === 'today') return { ...work, 'w.start': { $gte: today.start, $lt: today.end } };
  if (slice === 'moved') return { ...work, 'w.moved': { $exists: true } };
  if (slice === 'overdue') return { ...work, 'w.due': { $lt: now } };
  if (slice === 'incomplete') return { ...work, 'w.incomplete': true };
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
