import type { MoveName } from '../../referral/moves.js';
import type { ReferralState } from '../../referral/states.js';
import type { MessageKey } from './message-texts.js';

/** Who is told: the patient, or a facility. */
export type Recipient = 'patient' | 'origin' | 'destination';

interface Told {
  readonly tell: Recipient;
  readonly text: MessageKey;
}
interface Silent {
  readonly tell: Recipient;
  /** Why nobody is told: silence is decided, not forgotten. */
  readonly silent: string;
}

/** A rule. With `moves` it holds for these only, and goes before a rule of the same recipient without. */
export type MessageRule = (Told | Silent) & { readonly moves?: readonly MoveName[] };

const STILL_WRITING = { tell: 'patient', silent: 'nothing has left the health centre' } as const;
const PRESENT = { tell: 'patient', silent: 'the person is there and hears it from the staff' } as const;
const CALLED = {
  tell: 'patient',
  moves: ['contact-attempt'],
  silent: 'whoever is called has just been called',
} as const;
const AWAY = { tell: 'patient', moves: ['pause-waiting'], text: 'away' } as const;
const DEATH = { tell: 'patient', moves: ['record-death'], silent: 'no message after a death' } as const;

/**
 * Who is told what when a referral reaches a state (referral-anchors 2.5: the patient hears of every move that changes who
 * acts or when). One list a state, complete by its type; every list says something about the patient, be it why not.
 */
export const MESSAGES: Readonly<Record<ReferralState, readonly MessageRule[]>> = {
  draft: [STILL_WRITING],
  sent: [
    { tell: 'patient', text: 'sent' },
    { tell: 'patient', moves: ['redirect'], text: 'redirected' },
    { tell: 'destination', text: 'staffNew' },
  ],
  'in-triage': [
    { tell: 'patient', text: 'inTriage' },
    { tell: 'destination', moves: ['provide-info'], text: 'staffInformation' },
    { tell: 'origin', moves: ['withdraw-info'], text: 'staffWithdrawn' },
  ],
  'info-requested': [
    { tell: 'patient', text: 'infoRequested' },
    { tell: 'origin', text: 'staffReturned' },
  ],
  'accepted-waiting': [{ tell: 'patient', text: 'accepted' }, CALLED, AWAY],
  scheduled: [
    { tell: 'patient', text: 'scheduled' },
    { tell: 'patient', moves: ['reschedule'], text: 'rescheduled' },
  ],
  'in-transit': [
    { tell: 'patient', text: 'inTransit' },
    { tell: 'destination', text: 'staffEmergency' },
  ],
  'no-show': [
    { tell: 'patient', text: 'noShow' },
    CALLED,
    AWAY,
    { tell: 'patient', moves: ['not-arrived'], text: 'notArrived' },
    { tell: 'origin', moves: ['not-arrived'], text: 'staffNotArrived' },
  ],
  'appointment-cancelled': [{ tell: 'patient', text: 'appointmentCancelled' }, CALLED, AWAY],
  arrived: [PRESENT, { tell: 'origin', moves: ['receive-emergency'], text: 'staffToComplete' }],
  'in-care': [PRESENT],
  'interim-answer': [PRESENT, { tell: 'origin', text: 'staffInterim' }],
  answered: [
    { tell: 'patient', text: 'answered' },
    { tell: 'patient', moves: ['amend'], text: 'amended' },
    { tell: 'origin', text: 'staffAnswer' },
  ],
  rejected: [
    { tell: 'patient', text: 'rejected' },
    { tell: 'origin', text: 'staffReturned' },
  ],
  redirected: [{ tell: 'patient', silent: 'the leg that goes on tells' }],
  'cancel-requested': [
    { tell: 'patient', text: 'cancelRequested' },
    { tell: 'destination', text: 'staffCancelAsked' },
  ],
  cancelled: [
    { tell: 'patient', text: 'cancelled' },
    { tell: 'destination', text: 'staffEnded' },
  ],
  'left-list': [DEATH, { tell: 'patient', text: 'leftList' }, { tell: 'origin', text: 'staffEnded' }],
  'follow-up': [{ tell: 'patient', text: 'followUp' }],
  closed: [{ tell: 'patient', text: 'closed' }],
  error: [
    { tell: 'patient', text: 'void' },
    { tell: 'destination', text: 'staffEnded' },
  ],
};

/** Rules that hold for a state reached by a move: one a recipient at most, those that name the move first. */
export function rulesFor(state: ReferralState, move: MoveName): readonly MessageRule[] {
  const rules = MESSAGES[state];
  const recipients = [...new Set(rules.map(({ tell }) => tell))];
  return recipients.flatMap((recipient) => {
    const own = rules.filter(({ tell }) => tell === recipient);
    return own.find(({ moves }) => moves?.includes(move)) ?? own.find(({ moves }) => moves === undefined) ?? [];
  });
}

/** Reminders of a visit: whole days before it, and the hour of Honduras at which they leave. */
export const REMINDERS: readonly { readonly text: MessageKey; readonly daysBefore: number; readonly hour: number }[] = [
  { text: 'reminderDays', daysBefore: 3, hour: 9 },
  { text: 'reminderTomorrow', daysBefore: 1, hour: 9 },
];
