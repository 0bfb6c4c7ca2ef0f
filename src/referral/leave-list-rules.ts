import type { Words } from '../words.js';
import type { Priority } from './clocks.js';

/** Groups that are not taken from a list without having been looked for. */
export const GROUPS = {
  minor: { es: 'menor de edad', en: 'minor' },
  // Who calls need not know of a pregnancy: desks read no diagnoses.
  pregnant: { es: 'grupo prioritario', en: 'priority group' },
} as const satisfies Record<string, Words>;

export type Group = keyof typeof GROUPS;

/**
 * Days with an attempt to reach the person in vain that must be on record before a person leaves the list, by priority and by
 * group: the highest counts. Working values, to be confirmed by the ministry (LN23:2019 7.2.10 asks that who did not come be
 * looked for; referral-anchors T19: never automatic for urgent, pregnant, minor).
 */
export const ATTEMPTS_NEEDED = {
  priority: { routine: 0, urgent: 2, asap: 3, stat: 3 },
  group: { minor: 2, pregnant: 3 },
} as const satisfies { priority: Record<Priority, number>; group: Record<Group, number> };

/** What a cause (code system `exit-cause`) asks beyond that; the others are what the person, or somebody for them, has said. */
interface CauseRule {
  /** Nobody has heard from the person: only attempts in vain count, at least so many. */
  readonly attempts?: number;
  /** Missed appointments of this referral (Chile: two are an exit cause). */
  readonly noShows?: number;
}

export const CAUSE_RULES: Readonly<Record<string, CauseRule>> = {
  'not-reachable': { attempts: 1 },
  'repeated-no-show': { attempts: 0, noShows: 2 },
  'left-without-care': { attempts: 0 },
};

/** An attempt to reach the person. */
export interface Attempt {
  /** Day in Honduras, `YYYY-MM-DD`. */
  readonly day: string;
  readonly reached: boolean;
}

/** What of a referral decides which causes may be chosen. */
export interface ListFacts {
  readonly priority: Priority;
  readonly groups: readonly Group[];
  readonly attempts: readonly Attempt[];
  /** Appointments of this referral that the person missed. */
  readonly noShows: number;
}

/** Attempts in vain, at most one a day: five calls in an hour are one. */
const inVain = (attempts: readonly Attempt[]): number =>
  new Set(attempts.filter(({ reached }) => !reached).map(({ day }) => day)).size;

const attemptsNeeded = ({ priority, groups }: ListFacts): number =>
  Math.max(ATTEMPTS_NEEDED.priority[priority], ...groups.map((group) => ATTEMPTS_NEEDED.group[group]));

function missingAttempts(rule: CauseRule, facts: ListFacts): Words | undefined {
  const usual = attemptsNeeded(facts);
  const needed = Math.max(usual, rule.attempts ?? 0);
  const made = inVain(facts.attempts);
  const heard = rule.attempts === undefined && facts.attempts.some(({ reached }) => reached);
  if (made >= needed || heard) return undefined;
  const who = (language: 'es' | 'en'): string =>
    [facts.priority, ...facts.groups.map((group) => GROUPS[group][language])].join(', ');
  const or =
    rule.attempts === undefined
      ? { es: ', o uno en que se habló con la persona', en: ', or one that reached the person' }
      : { es: '', en: '' };
  return {
    es: `Faltan intentos de contacto sin lograrlo, en días distintos (${who('es')}): hay ${made} y se piden ${needed}${or.es}; anótelos con $contact-attempt.`,
    en: `Contact attempts in vain on different days are missing (${who('en')}): ${made} on record, ${needed} needed${or.en}; record them with $contact-attempt.`,
  };
}

function missingNoShows({ noShows: needed = 0 }: CauseRule, { noShows }: ListFacts): Words | undefined {
  if (noShows >= needed) return undefined;
  return {
    es: `Faltan citas a las que no se presentó: en esta referencia hay ${noShows} y se piden ${needed}.`,
    en: `Missed appointments are missing: ${noShows} of this referral on record, ${needed} needed.`,
  };
}

/** All that keeps a cause from being chosen yet, in words; none when it may be. */
export function obstacles(cause: string, facts: ListFacts): readonly Words[] {
  const rule = Object.hasOwn(CAUSE_RULES, cause) ? (CAUSE_RULES[cause] ?? {}) : {};
  return [missingNoShows(rule, facts), missingAttempts(rule, facts)].flatMap((words) => words ?? []);
}
