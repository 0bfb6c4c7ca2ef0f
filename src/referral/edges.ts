import type { Condition } from './conditions.js';
import type { MoveName } from './moves.js';
import type { Party } from './parties.js';
import type { ReferralState } from './states.js';

/** One transition: from where, by what, by whom, to where. */
export interface Edge {
  /** Number of the transition in the national table. */
  readonly t: string;
  /** None: the referral does not exist yet. */
  readonly from?: ReferralState;
  readonly move: MoveName;
  /** The fact that must hold; an edge without one is the ordinary way. */
  readonly when?: Condition;
  /** State of the referral afterwards. */
  readonly to: ReferralState;
  /** Set when the move starts a new leg (a new Task): the state in which the old Task stays behind. */
  readonly oldLeg?: ReferralState;
  /** Set when the move writes another referral and leaves this one as it is. */
  readonly newReferral?: true;
  readonly by: readonly Party[];
}

/**
 * Every transition there is (design.md 3a.2, 3a.3): explicit rows, no groups and no "any". After a first visit a referral
 * can wait again (transition 23): what ends it without care then asks for `no-care`, and what the first visit found can
 * still be answered (`care-given`).
 */
export const EDGES: readonly Edge[] = [
  { t: '01', move: 'create', to: 'draft', by: ['OC', 'OA'] },
  { t: '02', from: 'draft', move: 'submit', to: 'sent', by: ['OC'] },
  // Opened by triage (DT), the service receives it for that person: a request that moves it, never a GET (3a.4).
  { t: '03', from: 'sent', move: 'receive', to: 'in-triage', by: ['DD', 'DT', 'SY'] },
  { t: '04', from: 'in-triage', move: 'request-info', to: 'info-requested', by: ['DT'] },
  { t: '05', from: 'info-requested', move: 'provide-info', to: 'in-triage', by: ['OC', 'OA'] },
  { t: '05', from: 'info-requested', move: 'withdraw-info', to: 'in-triage', by: ['DT'] },
  { t: '06', from: 'info-requested', move: 'no-response', to: 'rejected', by: ['DT'] },
  { t: '07', from: 'in-triage', move: 'accept', when: 'order', to: 'accepted-waiting', by: ['DT'] },
  { t: '08', from: 'sent', move: 'reject', to: 'rejected', by: ['DT'] },
  { t: '08', from: 'in-triage', move: 'reject', to: 'rejected', by: ['DT'] },
  { t: '09', from: 'in-triage', move: 'redirect', to: 'sent', oldLeg: 'redirected', by: ['DT', 'RG'] },
  { t: '09', from: 'accepted-waiting', move: 'redirect', to: 'sent', oldLeg: 'redirected', by: ['DT', 'RG'] },
  { t: '09', from: 'rejected', move: 'redirect', to: 'sent', oldLeg: 'redirected', by: ['OC', 'RG'] },
  { t: '09', from: 'in-transit', move: 'redirect', to: 'in-transit', oldLeg: 'redirected', by: ['DD', 'DT', 'RG'] },
  { t: '10', from: 'in-triage', move: 'respond', when: 'advice', to: 'answered', by: ['DT'] },
  { t: '10', from: 'in-triage', move: 'convert', when: 'authorised', to: 'in-triage', by: ['DT'] },
  { t: '11', from: 'rejected', move: 'resubmit', to: 'sent', oldLeg: 'rejected', by: ['OC'] },
  { t: '12', from: 'rejected', move: 'revoke', to: 'cancelled', by: ['OC'] },
  { t: '13', from: 'accepted-waiting', move: 'book', to: 'scheduled', by: ['DS'] },
  { t: '14', from: 'accepted-waiting', move: 'contact-attempt', to: 'accepted-waiting', by: ['DS'] },
  { t: '14', from: 'no-show', move: 'contact-attempt', to: 'no-show', by: ['DS'] },
  { t: '14', from: 'appointment-cancelled', move: 'contact-attempt', to: 'appointment-cancelled', by: ['DS'] },
  { t: '14', from: 'arrived', move: 'contact-attempt', to: 'arrived', by: ['DS'] },
  { t: '14', from: 'accepted-waiting', move: 'pause-waiting', to: 'accepted-waiting', by: ['DS'] },
  { t: '14', from: 'no-show', move: 'pause-waiting', to: 'no-show', by: ['DS'] },
  { t: '14', from: 'appointment-cancelled', move: 'pause-waiting', to: 'appointment-cancelled', by: ['DS'] },
  { t: '15', from: 'scheduled', move: 'reschedule', to: 'scheduled', by: ['DS', 'PT'] },
  { t: '16', from: 'scheduled', move: 'cancel-appointment', to: 'appointment-cancelled', by: ['DS', 'PT'] },
  { t: '17', from: 'scheduled', move: 'no-show', to: 'no-show', by: ['DS', 'DD'] },
  // Of a transfer: after the term of arrival; the origin must find out what became of the person.
  { t: '17', from: 'in-transit', move: 'not-arrived', to: 'no-show', by: ['DD', 'DT'] },
  { t: '18', from: 'no-show', move: 'book', to: 'scheduled', by: ['DS'] },
  { t: '18', from: 'appointment-cancelled', move: 'book', to: 'scheduled', by: ['DS'] },
  { t: '19', from: 'no-show', move: 'leave-list', when: 'no-care', to: 'left-list', by: ['DS'] },
  { t: '19', from: 'accepted-waiting', move: 'leave-list', to: 'left-list', by: ['DS'] },
  { t: '19', from: 'appointment-cancelled', move: 'leave-list', when: 'no-care', to: 'left-list', by: ['DS'] },
  { t: '19', from: 'arrived', move: 'leave-list', when: 'no-care', to: 'left-list', by: ['DS'] },
  { t: '20', from: 'scheduled', move: 'arrive', to: 'arrived', by: ['DD'] },
  { t: '20', from: 'in-transit', move: 'arrive', to: 'arrived', by: ['DD'] },
  { t: '20', from: 'no-show', move: 'arrive', to: 'arrived', by: ['DD'] },
  { t: '21', from: 'arrived', move: 'start-care', to: 'in-care', by: ['DC'] },
  { t: '22', from: 'in-care', move: 'interim', to: 'interim-answer', by: ['DC'] },
  { t: '23', from: 'in-care', move: 'book', to: 'scheduled', by: ['DS'] },
  { t: '23', from: 'interim-answer', move: 'book', to: 'scheduled', by: ['DS'] },
  { t: '24', from: 'in-care', move: 'respond', to: 'answered', by: ['DC'] },
  { t: '24', from: 'interim-answer', move: 'respond', to: 'answered', by: ['DC'] },
  { t: '24', from: 'scheduled', move: 'respond', when: 'care-given', to: 'answered', by: ['DC'] },
  { t: '24', from: 'no-show', move: 'respond', when: 'care-given', to: 'answered', by: ['DC'] },
  { t: '24', from: 'appointment-cancelled', move: 'respond', when: 'care-given', to: 'answered', by: ['DC'] },
  { t: '24', from: 'arrived', move: 'respond', when: 'care-given', to: 'answered', by: ['DC'] },
  { t: '25', from: 'in-care', move: 'respond', when: 'onward', to: 'answered', by: ['DC'] },
  { t: '25', from: 'interim-answer', move: 'respond', when: 'onward', to: 'answered', by: ['DC'] },
  { t: '26', from: 'answered', move: 'acknowledge', to: 'follow-up', by: ['OC'] },
  { t: '27', from: 'follow-up', move: 'close', to: 'closed', by: ['OC'] },
  { t: '28', from: 'sent', move: 'revoke', to: 'cancelled', by: ['OC'] },
  { t: '28', from: 'in-triage', move: 'revoke', to: 'cancelled', by: ['OC'] },
  { t: '28', from: 'info-requested', move: 'revoke', to: 'cancelled', by: ['OC'] },
  { t: '28', from: 'accepted-waiting', move: 'revoke', to: 'cancelled', by: ['OC'] },
  { t: '29', from: 'scheduled', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'in-transit', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'no-show', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'appointment-cancelled', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'arrived', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'in-care', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'interim-answer', move: 'request-cancel', to: 'cancel-requested', by: ['OC'] },
  { t: '29', from: 'cancel-requested', move: 'confirm-cancel', when: 'no-care', to: 'cancelled', by: ['DS', 'DC'] },
  { t: '29', from: 'cancel-requested', move: 'arrive', when: 'no-care', to: 'arrived', by: ['DD'] },
  { t: '29', from: 'cancel-requested', move: 'respond', when: 'care-given', to: 'answered', by: ['DC'] },
  { t: '30', from: 'draft', move: 'submit', when: 'emergency', to: 'in-transit', by: ['OC'] },
  // Nobody wrote before: who is here is received, and the referral is made after the fact (LN23:2019 7.2.2).
  { t: '30', move: 'receive-emergency', to: 'arrived', by: ['DD', 'DT'] },
  { t: '31', from: 'sent', move: 'record-death', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'in-triage', move: 'record-death', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'info-requested', move: 'record-death', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'rejected', move: 'record-death', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'accepted-waiting', move: 'record-death', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'scheduled', move: 'record-death', when: 'no-care', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'in-transit', move: 'record-death', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'no-show', move: 'record-death', when: 'no-care', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'appointment-cancelled', move: 'record-death', when: 'no-care', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'arrived', move: 'record-death', when: 'no-care', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'cancel-requested', move: 'record-death', when: 'no-care', to: 'left-list', by: ['SY', 'OC'] },
  { t: '31', from: 'in-care', move: 'respond', when: 'died', to: 'answered', by: ['DC'] },
  { t: '31', from: 'interim-answer', move: 'respond', when: 'died', to: 'answered', by: ['DC'] },
  { t: '32', from: 'draft', move: 'void', to: 'error', by: ['OC', 'OA', 'SY'] },
  { t: '32', from: 'sent', move: 'void', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'in-triage', move: 'void', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'info-requested', move: 'void', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'rejected', move: 'void', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'accepted-waiting', move: 'void', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'scheduled', move: 'void', when: 'no-care', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'in-transit', move: 'void', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'no-show', move: 'void', when: 'no-care', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'appointment-cancelled', move: 'void', when: 'no-care', to: 'error', by: ['OC', 'OA'] },
  { t: '32', from: 'arrived', move: 'void', when: 'no-care', to: 'error', by: ['OC', 'OA'] },
  { t: '33', from: 'answered', move: 'amend', to: 'answered', by: ['DC'] },
  { t: '33', from: 'follow-up', move: 'amend', to: 'answered', by: ['DC'] },
  { t: '33', from: 'closed', move: 'amend', to: 'answered', by: ['DC'] },
  { t: '34', from: 'closed', move: 'create', to: 'draft', newReferral: true, by: ['OC'] },
  { t: '34', from: 'left-list', move: 'create', to: 'draft', newReferral: true, by: ['OC'] },
  { t: '34', from: 'cancelled', move: 'create', to: 'draft', newReferral: true, by: ['OC'] },
];
