import { dateIn } from '../config/honduras-time.js';
import type { Account } from './accounts.js';
import type { Role } from './caller.js';

/** A post that a person holds at a facility, for a time. */
export interface Assignment {
  readonly role: Role;
  /** Organization id; absent for offices without a facility. */
  readonly facility?: string;
  /** Organization ids seen across patients. */
  readonly facilities: readonly string[];
  /** PractitionerRole id under which the person acts. */
  readonly practitionerRole?: string;
  /** First and last day, `YYYY-MM-DD` in Honduras; absent means without limit. */
  readonly from?: string;
  readonly to?: string;
}

/** The post that an account without a list of assignments holds without limit. */
const onlyAssignment = ({ role, facility, facilities, practitionerRole }: Account): Assignment => ({
  role,
  facilities,
  ...(facility === undefined ? {} : { facility }),
  ...(practitionerRole === undefined ? {} : { practitionerRole }),
});

/** Posts that an account holds today, in the order of the account; the first is the one to begin with. */
export function currentAssignments(account: Account, now: Date = new Date()): readonly Assignment[] {
  const today = dateIn(now);
  return (account.assignments ?? [onlyAssignment(account)]).filter(
    ({ from = today, to = today }) => from <= today && today <= to,
  );
}

/** The post of today with this role and facility; undefined when the account does not hold it (any more). */
export const heldAssignment = (
  account: Account,
  wanted: Pick<Assignment, 'role'> & { readonly facility?: string | undefined },
  now?: Date,
): Assignment | undefined =>
  currentAssignments(account, now).find(({ role, facility }) => role === wanted.role && facility === wanted.facility);
