import { ROLES, type Role } from '../../../access/caller.js';
import { type PolicyInteraction, reachOf } from '../../../access/policy/policy-table.js';
import type { TypeGroup } from '../../../access/policy/type-groups.js';

/** Roles of software and of the service: they have no pages. */
const NO_PERSON: ReadonlySet<Role> = new Set(['system', 'conformance', 'service']);

const staffWho = (group: TypeGroup, interaction: PolicyInteraction): readonly Role[] =>
  ROLES.filter((role) => !NO_PERSON.has(role) && reachOf(role, group, interaction) === 'facility');

/** Staff who may find people and open their administrative data. */
export const FINDERS = staffWho('person', 'search-type');
/** Staff who may register a person. */
export const REGISTRARS = staffWho('person', 'create');
/** Staff who may correct what was registered. */
export const CORRECTORS = staffWho('person', 'update');
/** Staff who may write into the clinical record. */
export const CLINICIANS = staffWho('clinical', 'create');
/** Staff who may open a visit, and so make a relation to somebody who was never here. */
export const RECEIVERS = staffWho('visit', 'create');

/** May this role read clinical data? Others see the administrative part of a record. */
export const readsClinical = (role: Role): boolean => reachOf(role, 'clinical', 'read') !== undefined;
