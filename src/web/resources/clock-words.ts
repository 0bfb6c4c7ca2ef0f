import type { Words } from '../../words.js';
import type { TagTone } from '../components/tag.js';
import { sayIn } from '../language.js';
import { CLOCK_TEXTS } from '../texts/clocks.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Under two days the hours are told: "hace 1 día" could mean 25 hours or 47. */
const HOURS_UNTIL = 2 * DAY;
/** A term within a day is shown as soon. */
const SOON = DAY;

type Unit = 'Minute' | 'Hour' | 'Day';

/** A stretch of time in the largest unit that still tells something, in whole units that have passed. */
function spanOf(ms: number): { readonly unit: Unit; readonly n: number } | undefined {
  if (ms < MINUTE) return undefined;
  if (ms < HOUR) return { unit: 'Minute', n: Math.floor(ms / MINUTE) };
  if (ms < HOURS_UNTIL) return { unit: 'Hour', n: Math.floor(ms / HOUR) };
  return { unit: 'Day', n: Math.floor(ms / DAY) };
}

const filled = (words: Words, n: number): Words => ({ es: sayIn('es')(words, { n }), en: sayIn('en')(words, { n }) });

function textOf(kind: 'term' | 'termPast' | 'visit' | 'visitPast' | 'sentPast', ms: number): Words {
  const span = spanOf(ms);
  if (!span) return CLOCK_TEXTS[`${kind}Now`];
  return span.n === 1
    ? CLOCK_TEXTS[`${kind}${span.unit}One` as keyof typeof CLOCK_TEXTS]
    : filled(CLOCK_TEXTS[`${kind}${span.unit}`], span.n);
}

/** A clock as people read it. */
export interface ClockWords {
  readonly label: Words;
  /** `alarm` when the term has passed, `soon` within a day, else `calm`. */
  readonly tone: TagTone;
}

/**
 * How long until a term, or since it passed: "Vence en 3 horas", "Venció hace 2 días".
 * @param kind `visit` when the term is an appointment
 */
export function clockWords(due: Date, now: Date, kind: 'term' | 'visit' = 'term'): ClockWords {
  const left = due.getTime() - now.getTime();
  if (left < 0) return { label: textOf(`${kind}Past`, -left), tone: 'alarm' };
  return { label: textOf(kind, left), tone: left < SOON ? 'soon' : 'calm' };
}

/** How long ago a referral was sent: "Enviada hace 5 días". A moment that a wrong clock puts in the future is now. */
export const sentWords = (sent: Date, now: Date): Words => textOf('sentPast', now.getTime() - sent.getTime());
