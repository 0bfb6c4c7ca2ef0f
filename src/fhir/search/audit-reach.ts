import type { Caller } from '../../access/caller.js';
import { reachOf } from '../../access/policy/policy-table.js';
import type { Filter } from '../../store/write-plan.js';
import type { Criterion, SearchQuery } from './search-query.js';

/** Parameters that ask for whom or what a record names. */
const NAMES: ReadonlySet<string> = new Set(['patient', 'entity']);

/** Does it ask for what a record says beside this patient? */
const asksOthers = (criterion: Criterion, self: string): boolean =>
  criterion.kind === 'reference' && NAMES.has(criterion.param) && !criterion.targets.includes(`Patient/${self}`);

/**
 * Records that a caller may find: all of them for the offices, for a patient those about them. Of a record that names several
 * people a patient is shown nothing but their own name (`auditAsSeenBy`), and so by nothing else may it be found: "found or not"
 * would tell who else was there, and what of theirs.
 */
export function auditReach(caller: Caller, { criteria }: Pick<SearchQuery, 'criteria'>): Filter {
  const reach = reachOf(caller.role, 'audit', 'search-type');
  if (reach === 'all') return {};
  const { patient } = caller;
  if (reach !== 'self' || patient === undefined) return { _id: { $in: [] } };
  const alone = criteria.some((criterion) => asksOthers(criterion, patient)) ? { 'pt.1': { $exists: false } } : {};
  return { pt: patient, ...alone };
}
