import { fault } from '../../errors.js';
import type { Caller } from '../caller.js';
import { scopeAllows } from '../scopes.js';
import { type PolicyInteraction, type Reach, reachOf } from './policy-table.js';
import { groupOf } from './type-groups.js';

/** SMART v2 letter that an interaction needs. */
const SCOPE_LETTER: Readonly<Record<PolicyInteraction, 'c' | 'r' | 'u' | 'd' | 's'>> = {
  read: 'r',
  vread: 'r',
  'history-instance': 'r',
  'search-type': 's',
  create: 'c',
  update: 'u',
  delete: 'd',
  $move: 'u',
  '$available-actions': 'r',
  $validate: 'r',
  $everything: 'r',
  $timeline: 'r',
  $worklists: 'r',
  '$daily-register': 'r',
};

/**
 * First gate, before any instance is looked at: may this role and token ever do this on this type?
 * Returns how far the permission reaches. Throws 403 `role-forbidden` or `scope-forbidden` (design.md 3a.6).
 */
export function authorize(caller: Caller, interaction: PolicyInteraction, type: string): Reach {
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, interaction);
  if (!reach) throw fault('role-forbidden', { role: caller.role, interaction, type });
  const letter = SCOPE_LETTER[interaction];
  if (!scopeAllows(caller.scope, type, letter)) throw fault('scope-forbidden', { scope: `${type}.${letter}` });
  return reach;
}
