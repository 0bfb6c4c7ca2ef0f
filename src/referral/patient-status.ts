import { spokenTime } from '../config/spoken-time.js';
import { dateIn } from '../config/honduras-time.js';
import type { Words } from '../words.js';
import { asSentences } from './facility-words.js';
import { CANCEL_TEXTS, COMMON_TEXTS, EXIT_TEXTS, SPECIAL_TEXTS } from './patient-special-texts.js';
import { PATIENT_TEXTS, type PatientText } from './patient-texts.js';
import { isQueued } from './queue.js';
import type { ReferralState } from './states.js';

/** What decides the words for a patient. Nothing clinical enters. */
export interface PatientFacts {
  readonly state: ReferralState;
  readonly now: Date;
  /** Last moment for the next step, as the leg says it. */
  readonly due?: string | undefined;
  /** Start of the visit that is booked or was booked last, FHIR instant. */
  readonly visit?: string | undefined;
  /** The visit is by telephone or video. */
  readonly remote: boolean;
  readonly deceased: boolean;
  /** What the destination is called: `facilityWords`. */
  readonly facility: Words;
  /** Advice is asked for, without a visit. */
  readonly asksAdvice?: boolean;
  /** The answer is advice without a visit. */
  readonly advised?: boolean;
  /** The person came by themselves: no health centre sent them or gets the answer. */
  readonly cameAlone?: boolean;
  /** Code of `exit-cause`, when the referral ended without care. */
  readonly exitCause?: string | undefined;
  /** Last day on which the person, who waits, said not to be able to come, FHIR date. */
  readonly awayUntil?: string | undefined;
  /** Code of `cancel-reason` of the last appointment. */
  readonly cancelReason?: string | undefined;
}

/** The words, both languages filled in. */
export interface PatientStatus {
  readonly now: Words;
  readonly next: Words;
  readonly todo: Words;
  readonly why?: Words;
  readonly bring?: Words;
  readonly ifWorse?: Words;
  readonly call: 'origin' | 'destination';
}

/** The visit stays "to come" for some hours: people are registered late. */
const VISIT_MS = 12 * 3_600_000;

interface Places {
  readonly visit?: string | undefined;
  readonly due?: string | undefined;
  readonly facility: Words;
}

const filled = (words: Words, places: Places): Words => {
  const fill = (language: 'es' | 'en'): string =>
    asSentences(
      words[language].replace(/\{(\w+)\}/g, (_place, name: string) => {
        const value = places[name as keyof Places];
        if (value === undefined) return '';
        return typeof value === 'string' ? spokenTime(value, language) : value[language];
      }),
    );
  return { es: fill('es'), en: fill('en') };
};

/** Where the usual words speak of the health centre that sent the person. */
const CAME_ALONE: Readonly<Partial<Record<ReferralState, PatientText>>> = {
  'in-care': SPECIAL_TEXTS.ownCare,
  answered: SPECIAL_TEXTS.ownAnswered,
  'follow-up': SPECIAL_TEXTS.ownFollowUp,
};

function textOf(facts: PatientFacts): PatientText {
  const { state, now, visit, remote, deceased, asksAdvice, advised, exitCause, awayUntil } = facts;
  if (deceased || exitCause === 'died') return SPECIAL_TEXTS.deceased;
  if (asksAdvice && state === 'sent') return SPECIAL_TEXTS.adviceSent;
  if (asksAdvice && state === 'in-triage') return SPECIAL_TEXTS.adviceReading;
  if (advised && (state === 'answered' || state === 'follow-up')) return SPECIAL_TEXTS.advised;
  if (awayUntil !== undefined && isQueued(state)) return SPECIAL_TEXTS.away;
  const alone = facts.cameAlone === true ? CAME_ALONE[state] : undefined;
  if (alone) return alone;
  // Whoever never had a visit to miss was on the way in a transfer.
  if (state === 'no-show' && visit === undefined) return SPECIAL_TEXTS.notArrived;
  if (state !== 'scheduled') return PATIENT_TEXTS[state];
  if (visit === undefined) return SPECIAL_TEXTS.visitUndated;
  if (Date.parse(visit) + VISIT_MS < now.getTime()) return SPECIAL_TEXTS.visitPassed;
  return remote ? SPECIAL_TEXTS.remoteVisit : PATIENT_TEXTS.scheduled;
}

/** Row of a table by a code that came from outside. */
const rowOf = (table: Readonly<Record<string, Words>>, code: string): Words | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

function whyOf({ state, exitCause = '', cancelReason = '' }: PatientFacts): Words | undefined {
  if (state === 'cancelled' || state === 'left-list') return rowOf(EXIT_TEXTS, exitCause) ?? COMMON_TEXTS.askWhy;
  if (state === 'rejected') return COMMON_TEXTS.askWhy;
  return state === 'appointment-cancelled' ? rowOf(CANCEL_TEXTS, cancelReason.split('-')[0] ?? '') : undefined;
}

/**
 * What a patient is told about a referral (ui-anchors 4.4): what happens now, what comes next and until when, what to do,
 * why it ended, what to bring, what to do when it gets worse.
 */
export function patientStatus(facts: PatientFacts): PatientStatus {
  const row = textOf(facts);
  const ended = row === SPECIAL_TEXTS.deceased;
  const { due, visit, now, facility } = facts;
  const demands = row.next.es.includes('{due}');
  const late = demands && (due === undefined || Date.parse(due) < now.getTime());
  const places = { visit, facility, due: due === undefined ? undefined : dateIn(new Date(due)), away: facts.awayUntil };
  const why = ended ? undefined : whyOf(facts);
  return {
    now: filled(row.now, places),
    next: late ? COMMON_TEXTS.late : filled(row.next, places),
    todo: filled(row.todo, places),
    ...(why ? { why: filled(why, places) } : {}),
    ...(row.visit ? { bring: COMMON_TEXTS.bring } : {}),
    ...(ended ? {} : { ifWorse: COMMON_TEXTS.ifWorse }),
    call: row.call,
  };
}
