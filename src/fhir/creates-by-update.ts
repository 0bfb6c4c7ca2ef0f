import { ROLES } from '../access/caller.js';
import { reachOf } from '../access/policy/policy-table.js';
import { groupOf } from '../access/policy/type-groups.js';
import { supports } from './interaction-table.js';

/** May an update create a resource of this type, under an id that the client gives? For some role, as the policy says. */
export function createsByUpdate(type: string): boolean {
  const group = groupOf(type);
  return (
    group !== undefined &&
    supports(type, 'update') &&
    ROLES.some((role) => reachOf(role, group, 'update-create') !== undefined)
  );
}
