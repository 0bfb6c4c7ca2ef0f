import type { Role } from '../access/caller.js';

/** Who may do what with the statistics: the one table that the steps, the pages and the command line ask. */
export const DUTIES = {
  /** See releases before they are public, and questions before they are answered. */
  review: ['statistics', 'approver', 'national'],
  build: ['statistics'],
  /** Somebody else than who built it. */
  approve: ['approver'],
  publish: ['statistics'],
  answer: ['statistics'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Duty = keyof typeof DUTIES;

export const hasDuty = (role: Role, duty: Duty): boolean => (DUTIES[duty] as readonly Role[]).includes(role);
