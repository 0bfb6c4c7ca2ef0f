import type { Role } from '../../../access/caller.js';
import { EDGES } from '../../../referral/edges.js';
import { PARTIES, type Party, partiesOfRoles } from '../../../referral/parties.js';
import { stateRow } from '../../../referral/states.js';
import { ALL_WORKLISTS, type WorklistName, worklistRow } from '../../../referral/worklists.js';

/** Roles that work lists, on either side. */
export const LIST_ROLES = [
  'clerk',
  'uau',
  'triage',
  'scheduler',
  'specialist',
  'clinician',
  'nurse',
  'manager',
] as const satisfies readonly Role[];

/** Does one of the parties act on some row of the list, follow what its facility sent, or watch over it? */
function concerns(name: WorklistName, role: Role, parties: readonly Party[]): boolean {
  const { side, states, awaits, follows, escalated, holds } = worklistRow(name);
  // A notice is to the facility: whoever works there may see to it.
  if (holds === 'notices') return role !== 'manager';
  // The first level that is told (src/referral/deadlines/levels.ts); a manager sees all lists anyway.
  if (escalated) return role === 'uau';
  const here = parties.filter((party) => PARTIES[party].side === side);
  // Whoever may act although it is the turn of the other side.
  if (awaits)
    return EDGES.some(
      ({ from, by }) => states.some((state) => state === from) && by.some((party) => here.includes(party)),
    );
  return follows
    ? here.length > 0
    : states.some((state) => here.some((party) => stateRow(state).worklist.includes(party)));
}

/**
 * Lists of a role by the tables of states and parties: those on which it acts first. A manager acts on no list and sees all.
 */
export function listsOfRole(role: Role): {
  readonly own: readonly WorklistName[];
  readonly others: readonly WorklistName[];
} {
  const parties = partiesOfRoles([role]);
  const own = ALL_WORKLISTS.filter((name) => concerns(name, role, parties));
  return own.length === 0
    ? { own: ALL_WORKLISTS, others: [] }
    : { own, others: ALL_WORKLISTS.filter((name) => !own.includes(name)) };
}

/** How much waits in each list of a facility. */
export type Counts = ReadonlyMap<WorklistName, number>;

/** What the tabs of a page show. */
export interface ShownLists {
  readonly own: readonly WorklistName[];
  readonly others: readonly WorklistName[];
  readonly chosen: WorklistName;
}

/**
 * Lists to show: the role's own on the sides on which its facility works, of the others those that hold something.
 * Chosen is the asked one, else the first of the role's that holds something.
 */
export function shownLists(role: Role, counts: Counts, asked: WorklistName | undefined): ShownLists {
  const { own, others } = listsOfRole(role);
  const holds = (name: WorklistName): boolean => (counts.get(name) ?? 0) > 0;
  const legs = ALL_WORKLISTS.filter((name) => holds(name) && worklistRow(name).holds === undefined);
  const sides = new Set(legs.map((name) => worklistRow(name).side));
  // Notices and drafts are of no side: they are shown where there are any.
  const mine = own.filter((name) =>
    worklistRow(name).holds === undefined ? sides.size === 0 || sides.has(worklistRow(name).side) : holds(name),
  );
  const first = mine.find(holds) ?? [...own, ...others].find(holds) ?? mine[0] ?? 'new';
  const chosen = asked ?? first;
  const shown = mine.includes(chosen) || !own.includes(chosen) ? mine : [...mine, chosen];
  return { own: shown, others: others.filter((name) => holds(name) || name === chosen), chosen };
}
