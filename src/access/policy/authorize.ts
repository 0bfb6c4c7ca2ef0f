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
  // SMART App Launch 2.2: history of a type goes with the right to search it.
  'history-type': 's',
  'search-type': 's',
  create: 'c',
  update: 'u',
  'update-create': 'c',
  patch: 'u',
  delete: 'd',
  $move: 'u',
  '$available-actions': 'r',
  $referral: 'r',
  $hc10: 'r',
  $validate: 'r',
  $everything: 'r',
  $match: 's',
  $timeline: 'r',
  '$existing-studies': 'r',
  $worklists: 'r',
  $worklist: 'r',
  '$daily-register': 'r',
  $agenda: 'r',
  '$make-slots': 'u',
  '$read-messages': 'u',
  '$unread-messages': 'r',
  '$read-receipts': 'r',
  '$complete-item': 'u',
  '$complete-notice': 'u',
  '$monthly-supervision': 'r',
  '$prevention-due': 'r',
  '$service-facts': 'r',
  '$suggest-destinations': 'r',
  $track: 'r',
  '$activation-code': 'u',
  $export: 'r',
  $expand: 'r',
  $lookup: 'r',
  '$validate-code': 'r',
  $translate: 'r',
  $meta: 'r',
  '$meta-add': 'u',
  '$meta-delete': 'u',
  $document: 'r',
  $reindex: 'u',
  '$reindex-status': 'r',
  $explain: 'r',
  $status: 'r',
  '$signing-key': 'r',
  $feed: 's',
};

/** What an operation gives away beside the type it is asked on: the token must allow reading that too. */
const ALSO_READS: Partial<Record<PolicyInteraction, readonly string[]>> = {
  $referral: ['Task'],
  $hc10: ['Task', 'Patient'],
  $worklists: ['Task'],
  '$existing-studies': ['Observation', 'DiagnosticReport'],
  $worklist: ['Patient', 'ServiceRequest', 'Task'],
  '$daily-register': ['Patient', 'ServiceRequest', 'Task'],
  $agenda: ['Schedule', 'Slot'],
  '$read-messages': ['Communication'],
  '$unread-messages': ['Communication', 'Patient', 'ServiceRequest'],
  '$read-receipts': ['Task'],
  '$monthly-supervision': ['Task'],
  '$prevention-due': ['Encounter', 'Immunization', 'Observation'],
};

const assertScope = (caller: Caller, type: string, letter: 'c' | 'r' | 'u' | 'd' | 's'): void => {
  if (!scopeAllows(caller.scope, type, letter)) throw fault('scope-forbidden', { scope: `${type}.${letter}` });
};

/** May this role and token ever read this type? For answers that gather several types. */
export const mayRead = (caller: Caller, type: string): boolean => mayEver(caller, 'read', type);

/** May this role and token ever do this on this type? For answers that gather several types, and for what is optional. */
export function mayEver(caller: Caller, interaction: PolicyInteraction, type: string): boolean {
  const group = groupOf(type);
  return (
    group !== undefined &&
    reachOf(caller.role, group, interaction) !== undefined &&
    scopeAllows(caller.scope, type, SCOPE_LETTER[interaction])
  );
}

/**
 * First gate, before any instance is looked at: may this role and token ever do this on this type?
 * Returns how far the permission reaches. Throws 403 `role-forbidden` or `scope-forbidden` (design.md 3a.6).
 */
export function authorize(caller: Caller, interaction: PolicyInteraction, type: string): Reach {
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, interaction);
  if (!reach) throw fault('role-forbidden', { role: caller.role, interaction, type });
  assertScope(caller, type, SCOPE_LETTER[interaction]);
  for (const also of ALSO_READS[interaction] ?? []) assertScope(caller, also, 'r');
  return reach;
}
