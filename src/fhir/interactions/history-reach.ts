import type { Caller } from '../../access/caller.js';
import { canSee } from '../../access/policy/visibility.js';
import { type Reach, reachOf } from '../../access/policy/policy-table.js';
import { groupOf } from '../../access/policy/type-groups.js';
import type { HistoryEntry } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import type { FhirContext } from '../fhir-context.js';
import { HeadLoader } from '../head-loader.js';

/** Pairs of facility and type whose index scans MongoDB still merges in order instead of sorting all they find. */
const MERGED_SCANS = 200;

/** Some of the versions that a caller may look through. */
export interface VersionReach {
  /** On `history`. */
  readonly filter: Filter;
  /**
   * Index that serves it in the order of the history (src/store/index-catalogue.ts). Named, because where a facility has
   * little the planner would find another one as good, and keep to it where there is much.
   */
  readonly index: 'type' | 'facility' | 'patient';
}

const reachOn = (caller: Caller, type: string): Reach | undefined => {
  const group = groupOf(type);
  return group && reachOf(caller.role, group, 'history-type');
};

/**
 * What the caller may look through of some types, as in a search across patients: all, what names the caller's facilities, or
 * the own record.
 */
export function historyReach(caller: Caller, types: readonly string[]): readonly VersionReach[] {
  const within = (reach: Reach): readonly string[] => types.filter((type) => reachOn(caller, type) === reach);
  const [all, facility, self] = [within('all'), within('facility'), within('self')];
  const width = Math.max(1, Math.floor(MERGED_SCANS / Math.max(1, facility.length)));
  const parts = Array.from({ length: Math.ceil(caller.facilities.length / width) }, (_, index) =>
    caller.facilities.slice(index * width, (index + 1) * width),
  );
  const among = (some: readonly string[]): Filter => ({ type: { $in: [...some] } });
  return [
    ...(all.length > 0 ? [{ filter: among(all), index: 'type' as const }] : []),
    ...(facility.length > 0 ? parts : []).map((facilities) => ({
      filter: { acc: { $in: facilities }, ...among(facility) },
      index: 'facility' as const,
    })),
    ...(self.length > 0 && caller.patient !== undefined
      ? [{ filter: { pt: caller.patient, ...among(self) }, index: 'patient' as const }]
      : []),
  ];
}

/**
 * Those versions that the caller may see. Old ones are judged by today's rule (as by vread): a version that named the
 * caller's facility is no longer seen when the resource is out of reach now.
 */
export async function visibleVersions(
  { store }: Pick<FhirContext, 'store'>,
  caller: Caller,
  rows: readonly HistoryEntry[],
): Promise<HistoryEntry[]> {
  const heads = new HeadLoader(store);
  const checked = [...new Set(rows.map(({ type }) => type))]
    .filter((type) => reachOn(caller, type) !== 'all')
    .map(async (type) => {
      const ids = rows.filter((row) => row.type === type).map(({ id }) => id);
      const found = await heads.heads(type, ids);
      const seen = await Promise.all(found.map((head) => canSee(heads, caller, type, head)));
      return found.filter((_head, index) => seen[index]).map(({ _id }) => `${type}/${_id}`);
    });
  const visible = new Set((await Promise.all(checked)).flat());
  return rows.filter(({ type, id }) => reachOn(caller, type) === 'all' || visible.has(`${type}/${id}`));
}
