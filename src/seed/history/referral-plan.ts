import type { Priority } from '../../referral/clocks.js';
import { SHIPPED_DEADLINES } from '../../referral/deadlines/shipped-edition.js';
import { type ReferralState, stateRow } from '../../referral/states.js';
import type { Random } from '../random.js';
import { atHour, DAY, MINUTE, onWeekday } from './calendar.js';

/** A state of a referral and the moment at which it was reached, ms since 1970. */
export interface Step {
  readonly state: ReferralState;
  readonly time: number;
}

/** How a referral went so far. */
export interface ReferralPlan {
  readonly priority: Priority;
  readonly emergency: boolean;
  readonly steps: readonly [Step, ...Step[]];
}

interface Path {
  /** Share among referrals of its kind. */
  readonly weight: number;
  readonly states: readonly ReferralState[];
}

const TO_VISIT = ['sent', 'in-triage', 'accepted-waiting', 'scheduled'] as const;
const TO_ANSWER = [...TO_VISIT, 'arrived', 'in-care', 'answered'] as const;
const BY_AMBULANCE = ['in-transit', 'arrived', 'in-care', 'answered'] as const;

/** Ways of ordinary referrals; after `redirected` the referral goes on at the next facility. */
export const ORDINARY_PATHS: readonly Path[] = [
  { weight: 24, states: [...TO_ANSWER, 'follow-up', 'closed'] },
  { weight: 9, states: [...TO_ANSWER, 'follow-up'] },
  { weight: 8, states: TO_ANSWER },
  { weight: 1.5, states: TO_ANSWER.slice(0, -1) },
  { weight: 0.7, states: TO_ANSWER.slice(0, -2) },
  { weight: 14, states: TO_VISIT },
  { weight: 13, states: TO_VISIT.slice(0, 3) },
  { weight: 5, states: TO_VISIT.slice(0, 2) },
  { weight: 6, states: ['sent'] },
  { weight: 3, states: ['sent', 'in-triage', 'info-requested'] },
  { weight: 3, states: ['sent', 'in-triage', 'info-requested', 'in-triage', 'accepted-waiting', 'scheduled'] },
  { weight: 3, states: [...TO_VISIT, 'no-show'] },
  { weight: 2, states: [...TO_VISIT, 'no-show', 'scheduled', 'arrived', 'in-care', 'answered', 'follow-up', 'closed'] },
  { weight: 1, states: [...TO_VISIT, 'appointment-cancelled'] },
  { weight: 3, states: ['sent', 'in-triage', 'rejected'] },
  { weight: 1.5, states: ['sent', 'in-triage', 'rejected', 'cancelled'] },
  { weight: 1, states: ['sent', 'in-triage', 'accepted-waiting', 'cancelled'] },
  { weight: 1, states: [...TO_VISIT, 'no-show', 'left-list'] },
  { weight: 1, states: ['sent', 'in-triage', 'redirected', 'sent', 'in-triage'] },
  { weight: 2, states: ['sent', 'in-triage', 'redirected', ...TO_ANSWER, 'follow-up', 'closed'] },
];

/** Ways of emergencies. */
export const EMERGENCY_PATHS: readonly Path[] = [
  { weight: 12, states: [...BY_AMBULANCE, 'follow-up', 'closed'] },
  { weight: 3, states: [...BY_AMBULANCE, 'follow-up'] },
  { weight: 3, states: BY_AMBULANCE },
  { weight: 0.6, states: BY_AMBULANCE.slice(0, -1) },
  { weight: 0.4, states: ['in-transit'] },
];

/** Days a state usually lasts before the next move, shortest and longest, for an ordinary referral. */
const DAYS: Partial<Record<ReferralState, readonly [number, number]>> = {
  sent: [0.05, 3],
  'in-triage': [0.2, 8],
  'info-requested': [1, 16],
  'accepted-waiting': [1, 30],
  scheduled: [6, 110],
  'no-show': [2, 14],
  rejected: [1, 8],
  redirected: [0, 0.01],
  'in-transit': [0.06, 0.3],
  arrived: [0.02, 0.2],
  'in-care': [0.03, 6],
  answered: [1, 12],
  'follow-up': [14, 80],
};

/** What is more urgent moves faster, as share of the ordinary time. */
const PACE: Record<Priority, number> = { routine: 1, urgent: 0.35, asap: 0.12, stat: 0.5 };

function duration(random: Random, state: ReferralState, priority: Priority): number {
  const [shortest, longest] = DAYS[state] ?? [0, 0];
  // Squared: most waits are short, some are long.
  return (shortest + (longest - shortest) * random.next() ** 2 * PACE[priority]) * DAY;
}

/** Days since a referral ended, at most. */
const ENDED_WITHIN = 500;

/** How long the referral has been in its last state: up to somewhat over its clock, so that some are overdue. */
function sinceLast(random: Random, state: ReferralState, priority: Priority, endedWithin: number): number {
  const { clock } = stateRow(state);
  if (!clock) return random.next() * endedWithin * DAY;
  const term = SHIPPED_DEADLINES.lengthOf(SHIPPED_DEADLINES.term({ clock, priority }));
  return Math.min(term * 1.15 * random.next(), 60 * DAY);
}

const inClinicHours = (random: Random, time: number): number => onWeekday(atHour(time, 7 + random.next() * 5));

/** Moments in order: visits fall on the mornings of weekdays, nothing lies after the reference moment. */
function settle(random: Random, states: readonly ReferralState[], raw: readonly number[], reference: number): Step[] {
  let last = -Infinity;
  return states.map((state, number) => {
    const time = raw[number] ?? reference;
    const visit = state === 'arrived' && states[number - 1] === 'scheduled';
    const wanted = visit || (number === 0 && state === 'sent') ? inClinicHours(random, time) : time;
    last = Math.min(Math.max(wanted, last + 10 * MINUTE), reference - (states.length - 1 - number) * MINUTE);
    return { state, time: last };
  });
}

/** The referral is on nobody's worklist any more. */
const hasEnded = ({ states }: Path): boolean => stateRow(states.at(-1)!).worklist.length === 0;

/**
 * Draws how a referral went: its last state and, backwards from the reference moment, when each state was reached.
 * @param reference moment at which the referral is looked at, ms since 1970
 * @param endedWithin only referrals that have ended, within so many days before the reference moment
 */
export function drawReferralPlan(random: Random, reference: number, endedWithin?: number): ReferralPlan {
  const emergency = random.chance(0.1);
  const paths = emergency ? EMERGENCY_PATHS : ORDINARY_PATHS;
  const wanted = endedWithin === undefined ? paths : paths.filter(hasEnded);
  const { states } = random.weighted(wanted, ({ weight }) => weight);
  const priority = emergency
    ? 'stat'
    : random.weighted(['routine', 'urgent', 'asap'] as const, (each) => ({ routine: 70, urgent: 25, asap: 5 })[each]);
  const final = states.at(-1)!;
  let time = reference - sinceLast(random, final, priority, endedWithin ?? ENDED_WITHIN);
  const raw = [time];
  for (const state of states.slice(0, -1).reverse()) {
    time -= duration(random, state, priority);
    raw.unshift(time);
  }
  const [first, ...rest] = settle(random, states, raw, reference);
  if (!first) throw new RangeError('a path has at least one state');
  return { priority, emergency, steps: [first, ...rest] };
}
