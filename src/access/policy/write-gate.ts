import { fault } from '../../errors.js';
import type { StoredHead } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import type { Caller } from '../caller.js';
import { reachOf } from './policy-table.js';
import { groupOf } from './type-groups.js';
import { canSee, hasRelation } from './visibility.js';

/** The after-image of a write, as far as the policy needs it. */
export interface AfterImage {
  readonly type: string;
  readonly pt?: string;
  /** Facilities that the resource says it acts for: serviceProvider of an Encounter, managingOrganization of a Patient. */
  readonly actsFor: readonly { readonly element: string; readonly facility: string }[];
  /** True when the resource itself creates the relation (registration, Encounter at the caller's facility, referral). */
  readonly createsRelation: boolean;
}

/**
 * Gate on writes, on the before- and the after-image (design.md 3.7):
 * - before: visible (else 404), and kept by the caller's facility (else 403); a Patient may be updated, not deleted,
 *   by every facility with a relation;
 * - after: same patient as before (422), no foreign facility as actor (403), a patient in reach (else 422 as if unknown).
 */
export async function assertMayWrite(
  store: Pick<Store, 'heads'>,
  caller: Caller,
  before: (StoredHead & { readonly type: string }) | undefined,
  after: AfterImage | undefined,
): Promise<void> {
  const type = after?.type ?? before?.type ?? '';
  const group = groupOf(type);
  const interaction = before ? (after ? 'update' : 'delete') : 'create';
  const reach = group && reachOf(caller.role, group, interaction);
  // A writer without a facility has nothing to write for: an account with a hole must not open every door.
  if (!reach || (reach === 'facility' && caller.facility === undefined))
    throw fault('role-forbidden', { role: caller.role, interaction, type });
  if (before && !(await canSee(store, caller, type, before))) throw fault('not-found', { type, id: before._id });
  if (before && after && before.pt !== undefined && before.pt !== after.pt) throw fault('patient-change');
  if (reach === 'all') return;
  if (reach === 'self') {
    if (caller.patient === undefined || after?.pt !== caller.patient) throw fault('patient-change');
    return;
  }
  if (before && before.own !== caller.facility && !(type === 'Patient' && after))
    throw fault('custodian-only', { type, id: before._id });
  if (!after) return;
  for (const { element, facility } of after.actsFor)
    if (facility !== caller.facility && !(before && before.acc.includes(facility)))
      throw fault('facility-foreign', { element }, element);
  if (after.pt === undefined || after.createsRelation || type === 'Patient') return;
  if (!(await hasRelation(store, caller, after.pt)))
    throw fault('reference-not-found', { reference: `Patient/${after.pt}` });
}
