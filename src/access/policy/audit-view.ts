import type { AuditRecord } from '../../store/audit-record.js';
import type { Caller } from '../caller.js';
import { reachOf } from './policy-table.js';

/**
 * What a caller may see of an audit record: the offices all of it; a patient who looked at the patient's own record.
 * A search that returned several people is shown without the others, and no search with its text: it may hold their
 * names and numbers. Undefined when the record is not the caller's to see.
 */
export function auditAsSeenBy(caller: Caller, record: AuditRecord): AuditRecord | undefined {
  const reach = reachOf(caller.role, 'audit', 'read');
  if (reach === 'all') return record;
  const { patient } = caller;
  if (reach !== 'self' || patient === undefined || !record.pt.includes(patient)) return undefined;
  const { q: _query, ...shown } = record;
  return { ...shown, pt: [patient], ent: record.pt.length === 1 ? record.ent : [] };
}
