import type { StoredHead, FoundResource } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import type { Caller } from '../caller.js';
import { minimalDemographics } from './minimal-demographics.js';
import { accountKey, isNamed, isNamedOnly, isOwnOnly, namedFilter, ownFilter } from './named-only.js';
import { type Reach, reachOf } from './policy-table.js';
import { isRelated, relatedPatients } from './related-patients.js';
import { groupOf } from './type-groups.js';

/** Does this envelope name one of the caller's facilities? */
const namesFacility = (caller: Caller, acc: readonly string[]): boolean =>
  caller.facilities.some((facility) => acc.includes(facility));

/**
 * Second gate inside one patient's compartment: has one of the caller's facilities a relation to the patient,
 * from stored facts (registered there, encounter there, referral from or to there)?
 */
export async function hasRelation(store: Pick<Store, 'heads'>, caller: Caller, patientId: string): Promise<boolean> {
  const [patient] = await store.heads('Patient', [patientId]);
  return patient !== undefined && isRelated(caller, patient);
}

async function withinReach(
  reach: Reach,
  store: Pick<Store, 'heads'>,
  caller: Caller,
  type: string,
  stored: Pick<StoredHead, '_id' | 'acc' | 'pt' | 'rel'>,
): Promise<boolean> {
  if (reach === 'all') return true;
  if (isOwnOnly(type)) return stored.acc.includes(accountKey(caller.sub));
  if (isNamedOnly(type)) return isNamed(caller, reach, stored.acc);
  if (reach === 'self') return caller.patient !== undefined && stored.pt === caller.patient;
  if (type === 'Patient') return isRelated(caller, stored);
  if (namesFacility(caller, stored.acc)) return true;
  return stored.pt !== undefined && hasRelation(store, caller, stored.pt);
}

/** May the caller see this instance? False answers must look like an unknown id (404). */
export async function canSee(
  store: Pick<Store, 'heads'>,
  caller: Caller,
  type: string,
  stored: Pick<StoredHead, '_id' | 'acc' | 'pt' | 'rel'>,
): Promise<boolean> {
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, 'read');
  return reach !== undefined && withinReach(reach, store, caller, type, stored);
}

/** What a search pins down, as the policy needs it. */
export interface SearchPins {
  /** Patient ids that the query names by reference or `_id` (one AND group, all its OR values). */
  readonly patients: readonly string[];
  /** True when a Patient search asks for a full identifier `system|value`. */
  readonly exactIdentifier: boolean;
}

export interface SearchScope {
  /** To be AND-ed to the query. */
  readonly filter: Filter;
  /** Reduces a row to what the caller may see of it. */
  readonly mask?: (stored: FoundResource) => FoundResource;
}

/** Filter that keeps a search within the caller's reach: in the query itself, before any cap or count (design.md 3.7). */
export async function searchScope(
  store: Pick<Store, 'heads'>,
  caller: Caller,
  type: string,
  pins: SearchPins,
): Promise<SearchScope> {
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, 'search-type');
  if (!reach) return { filter: { _id: { $in: [] } } };
  if (reach === 'all') return { filter: {} };
  if (isOwnOnly(type)) return { filter: ownFilter(caller) };
  if (isNamedOnly(type)) return { filter: namedFilter(caller, reach) };
  if (reach === 'self') return { filter: { pt: caller.patient ?? '' } };
  if (type === 'Patient' && pins.exactIdentifier)
    return { filter: {}, mask: (stored) => (isRelated(caller, stored) ? stored : minimalDemographics(stored)) };
  if (type === 'Patient') return { filter: relatedPatients(caller) };
  if (pins.patients.length > 0) {
    const patients = await store.heads('Patient', pins.patients);
    const related = patients.filter((patient) => isRelated(caller, patient)).map(({ _id }) => _id);
    if (related.length === new Set(pins.patients).size) return { filter: { pt: { $in: related } } };
  }
  return { filter: { acc: { $in: [...caller.facilities] } } };
}
