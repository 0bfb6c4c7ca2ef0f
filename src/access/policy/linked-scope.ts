import type { Filter } from '../../store/write-plan.js';
import type { Caller } from '../caller.js';
import { scopeAllows } from '../scopes.js';
import { isNamedOnly, isOwnOnly, namedFilter, ownFilter } from './named-only.js';
import { reachOf } from './policy-table.js';
import { relatedPatients } from './related-patients.js';
import { groupOf } from './type-groups.js';

/**
 * What a caller may see of a type that a search meets on its way, at a link of a chain or as an include: what names the
 * caller's facilities, and everything of the patients in `related`. People without a relation do not count at all here:
 * that one can be found by an exact identifier must not tell what is linked to them.
 * @param letter `s` where the type is searched (a link), `r` where resources are handed out (an include)
 * @param related ids of patients with whom one of the caller's facilities has a relation
 * @returns filter to be AND-ed before anything is counted or capped (design.md 3.7); undefined when role or token never
 *   allow it
 */
export function linkedScope(
  caller: Caller,
  type: string,
  letter: 'r' | 's',
  related: readonly string[],
): Filter | undefined {
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, letter === 's' ? 'search-type' : 'read');
  if (!reach || !scopeAllows(caller.scope, type, letter)) return undefined;
  if (reach === 'all') return {};
  if (isOwnOnly(type)) return ownFilter(caller);
  if (isNamedOnly(type)) return namedFilter(caller, reach);
  if (reach === 'self') return { pt: caller.patient ?? '' };
  if (type === 'Patient') return relatedPatients(caller);
  return withRelated(caller, type, { acc: { $in: [...caller.facilities] } }, related);
}

/** True when the caller sees a type by what facilities have to do with it. */
export function isByFacility(caller: Caller, type: string): boolean {
  const group = groupOf(type);
  return group !== undefined && reachOf(caller.role, group, 'search-type') === 'facility';
}

/** The reach of a search with everything of patients added with whom a facility of the caller has a relation. */
export const withRelated = (caller: Caller, type: string, reach: Filter, related: readonly string[]): Filter =>
  related.length > 0 && type !== 'Patient' && !isNamedOnly(type) && isByFacility(caller, type)
    ? { $or: [reach, { pt: { $in: [...related] } }] }
    : reach;
