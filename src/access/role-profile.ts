import type { RoleClaims } from './access-token.js';
import type { Account } from './accounts.js';
import type { Assignment } from './assignments.js';
import type { Role } from './caller.js';

/** What a token of a role may carry at most, and why the role acts unless a request says otherwise. */
export interface RoleProfile {
  /** Largest scope of a token, space-separated. The policy table narrows it further for each type. */
  readonly scope: string;
  /** v3 ActReason code (HL7 v3 code system ActReason). */
  readonly purpose: string;
}

const person: RoleProfile = { scope: 'user/*.cruds', purpose: 'TREAT' };
const office: RoleProfile = { scope: 'user/*.cruds', purpose: 'HOPERAT' };
const system: RoleProfile = { scope: 'system/*.cruds', purpose: 'TREAT' };

/** One row a role. Scopes are a ceiling for the client, not the policy: that is in `policy/`. */
export const ROLE_PROFILES: Readonly<Record<Role, RoleProfile>> = {
  clinician: person,
  nurse: person,
  'community-agent': person,
  clerk: person,
  uau: person,
  triage: person,
  scheduler: person,
  specialist: person,
  manager: office,
  national: office,
  statistics: { scope: 'user/*.rs', purpose: 'PUBHLTH' },
  approver: { scope: 'user/*.rs', purpose: 'PUBHLTH' },
  privacy: { scope: 'user/*.rs', purpose: 'HCOMPL' },
  administrator: { scope: 'user/*.cruds', purpose: 'HSYSADMIN' },
  patient: { scope: 'patient/*.cruds', purpose: 'PATRQT' },
  'paper-code': { scope: 'patient/ServiceRequest.r', purpose: 'PATRQT' },
  system,
  conformance: { scope: 'system/*.cruds', purpose: 'HSYSADMIN' },
  service: { scope: 'system/*.cruds', purpose: 'HSYSADMIN' },
};

/** Our own claims in a token of an account; of the post that a person holds, the first one unless said. */
export const roleClaimsOf = (account: Account, { role, facility }: Assignment | Account = account): RoleClaims => ({
  role,
  acts_as: account.kind === 'system' ? account.actsAs : [role],
  ...(facility === undefined ? {} : { facility }),
  purpose_of_use: ROLE_PROFILES[role].purpose,
});
