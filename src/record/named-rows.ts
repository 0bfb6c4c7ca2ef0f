import type { Caller } from '../access/caller.js';
import { isNamedOnly, namedFilter } from '../access/policy/named-only.js';
import { reachOf } from '../access/policy/policy-table.js';
import { groupOf } from '../access/policy/type-groups.js';
import type { Filter } from '../store/write-plan.js';

/** What narrows the rows of a type in a patient's compartment: messages to those between whom they go. */
export function namedRows(caller: Caller, type: string): Filter {
  if (!isNamedOnly(type)) return {};
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, 'read');
  return reach === undefined ? { _id: { $in: [] } } : namedFilter(caller, reach);
}
