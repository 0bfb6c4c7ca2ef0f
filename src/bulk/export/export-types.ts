import type { Caller } from '../../access/caller.js';
import { mayRead } from '../../access/policy/authorize.js';
import { reachOf } from '../../access/policy/policy-table.js';
import { concernsPatients, groupOf } from '../../access/policy/type-groups.js';
import { scopeAllows } from '../../access/scopes.js';
import { fault } from '../../errors.js';
import type { Definitions } from '../../fhir/definitions/definitions.js';
import type { ExportLevel } from './export-task.js';

/** May this caller read and search a type at all? An export gives what both would give. */
function mayExport(caller: Caller, type: string): boolean {
  const group = groupOf(type);
  const searches = group !== undefined && reachOf(caller.role, group, 'search-type') !== undefined;
  return searches && mayRead(caller, type) && scopeAllows(caller.scope, type, 's');
}

/** Types of one patient's record. Groups name several people; the directory names none. */
export const isOfPatients = (type: string): boolean => concernsPatients(type) && type !== 'Group';

/**
 * Types that an export holds: those asked for, else all that the caller may search; of a patient-level export the types of
 * the patient compartment, and others only when they are named (export.html#query-parameters, `_type`).
 * @throws ServiceError 403 `scope-forbidden` when a type is named that the token or the role may not search
 */
export function exportTypes(
  definitions: Definitions,
  caller: Caller,
  level: ExportLevel,
  asked: readonly string[],
): readonly string[] {
  const refused = asked.find((type) => !mayExport(caller, type));
  if (refused !== undefined) throw fault('scope-forbidden', { scope: `${refused}.rs` }, '_type');
  if (asked.length > 0) return asked;
  return definitions.resourceTypes.filter(
    (type) => type !== 'AuditEvent' && mayExport(caller, type) && (level === 'system' || isOfPatients(type)),
  );
}
