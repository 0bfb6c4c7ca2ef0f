import type { AuditDraft } from '../store/audit-record.js';

/** The one audit record of a load: who, under which request id, and what it wrote (`det`). */
export const loadAudit = (requestId: string, det: Readonly<Record<string, string>>): AuditDraft => ({
  act: 'C',
  sub: 'seed',
  out: '0',
  who: 'seed',
  rol: 'service',
  cli: 'seed',
  pt: [],
  ent: [],
  req: requestId,
  pou: 'HTEST',
  det,
});
