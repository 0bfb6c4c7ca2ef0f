import type { PageContext } from '../../page-context.js';

/** Whose lists a person sees: their own facility's, or that of a manager's network or of one of its facilities. */
export interface Workplace {
  /** Organization id; none while a manager has not chosen. */
  readonly facility?: string;
  /** Organization ids to choose from; empty for who works at one facility. */
  readonly choices: readonly string[];
}

/**
 * Workplace of the signed-in person. A manager's own post is a network, which owes no referrals but is told of overdue ones:
 * the network or one of its facilities is chosen.
 * @param asked Organization id out of the address
 */
export function workplaceOf(page: Pick<PageContext, 'signedIn'>, asked: string | null): Workplace {
  const { facility, facilities } = page.signedIn();
  if (facility !== undefined && facilities.includes(facility)) return { facility, choices: [] };
  const choices = facility === undefined ? facilities : [facility, ...facilities];
  const chosen = choices.find((id) => id === asked);
  return { ...(chosen === undefined ? {} : { facility: chosen }), choices };
}
