import { describe, expect, it } from 'vitest';
import { auditAsSeenBy } from '../../access/policy/audit-view.js';
import type { Caller } from '../../access/caller.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { AuditDraft } from '../../store/audit-record.js';
import { auditExported } from './audit-exported.js';

const caller: Caller = {
  sub: 'system.x',
  clientId: 'x',
  role: 'system',
  actsAs: ['system'],
  facilities: [],
  scope: 'system/*.rs',
  purpose: 'TREAT',
  displayName: 'X',
};

describe('auditExported', () => {
  it('names everybody, 500 to a record, and shows each of them to himself alone', async () => {
    const drafts: AuditDraft[] = [];
    const record = (draft: AuditDraft): Promise<void> => {
      drafts.push(draft);
      return Promise.resolve();
    };
    const context = { store: { auditor: { record } } } as unknown as Pick<FhirContext, 'store'>;
    const patients = Array.from({ length: 1_001 }, (_, n) => `p${n}`);
    await auditExported(context, caller, 'job', patients);
    expect(drafts.map(({ pt }) => pt.length)).toEqual([500, 500, 1]);
    expect(drafts.flatMap(({ pt }) => pt)).toEqual(patients);
    expect(drafts[0]).toMatchObject({ act: 'E', sub: '$export', who: 'system.x', det: { job: 'job' } });
    const stored = { ...drafts[0]!, _id: 'a', p: 'p', n: 1, at: new Date() };
    const patient = (id: string): Caller => ({ ...caller, role: 'patient', actsAs: ['patient'], patient: id });
    expect(auditAsSeenBy(patient('p7'), stored)).toMatchObject({ pt: ['p7'], ent: [], who: 'system.x' });
    expect(auditAsSeenBy(patient('other'), stored)).toBeUndefined();
  });
});
