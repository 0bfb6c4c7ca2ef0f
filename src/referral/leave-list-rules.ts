import type { Words } from '../words.js';
import type { Priority } from './clocks.js';

/** Groups that are not taken from a list without having been looked for. */
export const GROUPS = {
  minor: { es: 'menor de edad', en: 'minor' },
  pregnant: { es: 'embarazada', en: 'pregnant' },
} as const satisfies Record<string, Words>;

export type Group = keyof typeof GROUPS;

/**
 * Contact attempts that must be on record before a person leaves the list, by priority and by group: the highest counts.
 * Working values, to be confirmed by the ministry (LN23:2019 7.2.10 asks that who did not come be looked for).
 */
export const ATTEMPTS_NEEDED = {
  priority: { routine: 0, urgent: 2, asap: 3, stat: 3 },
  group: { minor: 2, pregnant: 3 },
} as const satisfies { priority: Record<Priority, number>; group: Record<Group, number> };

/** Contact attempts needed for one referral. */
export const attemptsNeeded = (priority: Priority, groups: readonly Group[]): number =>
  Math.max(ATTEMPTS_NEEDED.priority[priority], ...groups.map((group) => ATTEMPTS_NEEDED.group[group]));
