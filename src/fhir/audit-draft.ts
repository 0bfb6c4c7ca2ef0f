import type { AuditDraft } from '../store/audit-record.js';
import type { FhirRequest } from './exchange.js';

type Given = Pick<AuditDraft, 'act' | 'sub'> & Partial<Omit<AuditDraft, 'act' | 'sub'>>;

/** Audit record of a request: who, from where and why come from the request, what was done from `given`. */
export const auditDraft = (request: Pick<FhirRequest, 'caller' | 'id' | 'ip'>, given: Given): AuditDraft => ({
  out: '0',
  who: request.caller.sub,
  rol: request.caller.role,
  ...(request.caller.facility === undefined ? {} : { fac: request.caller.facility }),
  cli: request.caller.clientId,
  pt: [],
  ent: [],
  req: request.id,
  ...(request.ip === undefined ? {} : { ip: request.ip }),
  pou: request.caller.purpose,
  ...given,
});
