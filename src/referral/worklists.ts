import { codeSystemUrl } from '../config/canonical.js';
import type { SortSpec } from '../store/store.js';
import type { Filter } from '../store/write-plan.js';
import type { LocalDay } from './local-day.js';
import type { Side } from './parties.js';
import type { ReferralState } from './states.js';

/** Which of the rows of its states a list takes. */
type Slice = 'all' | 'today' | 'overdue' | 'absent';

interface WorklistRow {
  readonly es: string;
  readonly en: string;
  /** Side on which the facility stands. */
  readonly side: Side;
  readonly states: readonly ReferralState[];
  readonly slice?: Slice;
  /** The facility sent these and follows them, whoever must act: picked by the origin, not by whose turn it is. */
  readonly follows?: true;
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
} as const satisfies Record<string, WorklistRow>;

export type WorklistName = keyof typeof WORKLISTS;

export const ALL_WORKLISTS = Object.keys(WORKLISTS) as readonly WorklistName[];

/** A list's row, with the optional columns readable. */
export const worklistRow = (name: WorklistName): WorklistRow => WORKLISTS[name];

export const isWorklist = (name: string | undefined): name is WorklistName =>
  name !== undefined && Object.hasOwn(WORKLISTS, name);

/** A list that takes all referrals of its states; the others, cut by time or followed from afar, repeat its rows. */
export const isWholeList = (name: WorklistName): boolean => {
  const { slice, follows } = worklistRow(name);
  return slice === undefined && follows === undefined;
};

/**
 * Order of work: the most urgent first, then the earliest term (what is overdue longest), `_id` to tell equals apart.
 * The order of the indexes `work` and `sent` of Task (src/fhir/search/indexes.ts).
 */
export const WORK_ORDER = { 'k.priority': -1, 'w.due': 1, _id: 1 } as const satisfies SortSpec;

/** What a list may be narrowed to. */
export interface WorklistNarrowing {
  /** Code of the specialty. */
  readonly specialty?: string;
  /** Organization id of the facility that sent the referral. */
  readonly origin?: string;
}

/** Name of the index of Task in which a list stands in working order. */
export const worklistIndex = (name: WorklistName): 'work' | 'sent' => (worklistRow(name).follows ? 'sent' : 'work');

/** Filter of a list on the work scalars of Task (Organization id; `now` decides what is overdue). */
export function worklistFilter(
  name: WorklistName,
  facility: string,
  now: Date,
  today: LocalDay,
  { specialty, origin }: WorklistNarrowing = {},
): Filter {
  const { states, slice, follows } = worklistRow(name);
  const work: Filter = {
    $and: [
      { [follows ? 'w.origin' : 'w.owner']: facility, 'w.state': { $in: [...states] } },
      ...(specialty === undefined ? [] : [{ 'w.specialty': specialty }]),
      ...(origin === undefined ? [] : [{ 'w.origin': origin }]),
    ],
  };
  if (slice === 'today') return { ...work, 'w.due': { $gte: today.start, $lt: today.end } };
  if (slice === 'overdue') return { ...work, 'w.due': { $lt: now } };
  if (slice === 'absent') return { ...work, $or: [{ 'w.state': 'no-show' }, { 'w.due': { $lt: now } }] };
  return work;
}

/**
 * Address of a list: a search where one says the same, so that any FHIR client can use it; else the operation `$worklist`,
 * because no search parameter of R4 sees a term or leaves out a leg that another one follows. (A rejected leg that was sent
 * again is found by the search of `rejected`, and is not counted.)
 */
export function worklistUrl(name: WorklistName, facility: string, baseUrl: string): string {
  const { side, states } = worklistRow(name);
  if (!isWholeList(name)) return `${baseUrl}/Organization/${facility}/$worklist?list=${name}`;
  const system = codeSystemUrl('referral-status');
  const query = new URLSearchParams({
    [side === 'origin' ? 'requester' : 'owner']: `Organization/${facility}`,
    'business-status': states.map((state) => `${system}|${state}`).join(','),
  });
  return `${baseUrl}/Task?${query.toString()}`;
}
