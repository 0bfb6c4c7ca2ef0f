import type { MoveName } from '../moves.js';
import {
  actors,
  answers,
  attemptPart,
  attendant,
  attendedSince,
  changedText,
  coded,
  contactMedium,
  extensionValue,
  input,
  itself,
  nextSteps,
  note,
  output,
  ownNumber,
  plain,
  references,
  saidReason,
  statusReason,
  term,
} from './sources.js';
import type { FieldSource } from './written.js';

/** A change of a resource that names a referral (or, for `Task`, asks its origin for something) and the move it means. */
export interface PlainMove {
  readonly type: 'Appointment' | 'Encounter' | 'Task';
  /** Status before; `new`: no version before that named the referral. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** One of these elements must differ, as far as no row above it fits. */
  readonly changes?: readonly string[];
  /** Only for the appointment or visit in force of the leg. */
  readonly inForce?: true;
  /** None: the change means something of the referral, but no move: it is refused. */
  readonly move?: MoveName;
  /** Where each field of the move is read; the first source of a field that says something counts. */
  readonly sources: readonly FieldSource[];
}

const BOOKING: readonly FieldSource[] = [
  plain('start', 'Appointment', 'start', 'valueDateTime'),
  plain('end', 'Appointment', 'end', 'valueDateTime'),
  actors('participant', ['PractitionerRole', 'Practitioner', 'HealthcareService']),
  actors('location', ['Location'], true),
  references('slot', 'Appointment', 'slot'),
  contactMedium('contactResult'),
  changedText('contactResult', 'Appointment', 'comment'),
];

const NOT_BOOKED = ['new', 'proposed', 'pending', 'waitlist', 'cancelled', 'noshow'];
const WAS_GIVEN = ['booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow'];
const LOOSE = ['proposed', 'pending', 'waitlist', 'arrived', 'checked-in', 'fulfilled', 'entered-in-error'];

/**
 * Plain writes of resources that name a referral in `basedOn` and mean a move of it (design.md 3a.2). What no row has is
 * stored as it is and moves nothing.
 */
export const PLAIN_MOVES: readonly PlainMove[] = [
  { type: 'Appointment', from: NOT_BOOKED, to: ['booked'], move: 'book', sources: BOOKING },
  {
    type: 'Appointment',
    from: ['booked'],
    to: ['booked'],
    changes: ['start', 'end', 'slot'],
    inForce: true,
    move: 'reschedule',
    sources: [saidReason('reason'), ...BOOKING],
  },
  {
    type: 'Appointment',
    from: WAS_GIVEN,
    to: ['cancelled'],
    changes: ['status'],
    inForce: true,
    move: 'cancel-appointment',
    sources: [coded('reason', 'Appointment', 'cancelationReason'), changedText('comment', 'Appointment', 'comment')],
  },
  {
    type: 'Appointment',
    from: WAS_GIVEN,
    to: ['noshow'],
    changes: ['status'],
    inForce: true,
    move: 'no-show',
    sources: [extensionValue('reason', 'Appointment', 'no-show-reason'), saidReason('reason')],
  },
  {
    type: 'Appointment',
    from: ['booked', 'arrived', 'checked-in', 'fulfilled'],
    to: [...LOOSE, 'booked'],
    changes: ['status'],
    inForce: true,
    sources: [],
  },
  { type: 'Encounter', from: ['new', 'planned'], to: ['arrived'], move: 'arrive', sources: [itself('encounter')] },
  {
    type: 'Encounter',
    from: ['new', 'planned', 'arrived', 'triaged'],
    to: ['in-progress'],
    move: 'start-care',
    sources: [attendant('practitioner'), attendedSince('start')],
  },
  {
    type: 'Encounter',
    from: ['arrived', 'triaged', 'in-progress', 'onleave'],
    to: ['planned', 'cancelled', 'entered-in-error', 'unknown'],
    inForce: true,
    sources: [],
  },
  {
    type: 'Task',
    from: ['requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold'],
    to: ['completed'],
    move: 'provide-info',
    sources: [answers('answer')],
  },
];

/**
 * Plain writes of a leg: the pair (status, businessStatus) says which state is meant, and with it which move; here is
 * where its fields are read. A field without a source cannot be told in a Task: such a move goes by its operation, unless
 * the field may be left out.
 */
export const LEG_SOURCES: Partial<Record<MoveName, readonly FieldSource[]>> = {
  receive: [ownNumber('identifier')],
  'request-info': [statusReason('reason'), input('item', 'requested-item'), term('due')],
  'withdraw-info': [saidReason('reason')],
  'no-response': [statusReason('comment', 'text')],
  accept: [
    plain('priority', 'Task', 'priority', 'valueCode'),
    note('priorityReason'),
    output('modality', 'modality'),
    output('service', 'service'),
  ],
  reject: [statusReason('reason', 'coding'), statusReason('comment', 'text'), nextSteps('nextStep')],
  redirect: [statusReason('reason', 'coding'), statusReason('comment', 'text'), output('performer', 'redirected-to')],
  'contact-attempt': [
    attemptPart('medium', 'Task'),
    attemptPart('reached', 'Task'),
    attemptPart('reason', 'Task'),
    attemptPart('note', 'Task'),
  ],
  'cancel-appointment': [saidReason('reason')],
  'no-show': [saidReason('reason')],
  'not-arrived': [saidReason('reason')],
  'leave-list': [saidReason('reason')],
  arrive: [output('encounter', 'encounter')],
  'request-cancel': [saidReason('reason')],
  revoke: [statusReason('reason', 'coding'), statusReason('comment', 'text')],
};
