import type { PageContext } from '../../page-context.js';

/** Whose lists a person sees: their own facility's, or one of those under a manager. */
export interface Workplace {
  /** Organization id; none while a manager has not chosen. */
  readonly facility?: string;
  /** Organization ids to choose from; empty for who works at one facility. */
  readonly choices: readonly string[];
}

/**
 * Workplace of the signed-in person. A manager's own post is a network, which owes no referrals: one of its facilities
 * is chosen.
 * @param asked Organization id out of the address
 */
export function workplaceOf(page: Pick<PageContext, 'signedIn'>, asked: string | null): Workplace {
  const { facility, facilities } = page.signedIn();
  if (facility !== undefined && facilities.includes(facility)) return { facility, choices: [] };
  const chosen = facilities.find((id) => id === asked);
  return { ...(chosen === undefined ? {} : { facility: chosen }), choices: facilities };
}
