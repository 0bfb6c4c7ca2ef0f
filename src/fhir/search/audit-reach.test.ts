import { describe, expect, it } from 'vitest';
import type { Caller, Role } from '../../access/caller.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { auditReach } from './audit-reach.js';
import { parseSearch } from './parse.js';

const definitions = loadDefinitions();

function reach(role: Role, query: string, patient?: string): unknown {
  const caller: Caller = {
    sub: 'x',
    clientId: 'x',
    role,
    actsAs: [role],
    facilities: [],
    scope: '',
    purpose: 'TREAT',
    displayName: 'x',
    ...(patient === undefined ? {} : { patient }),
  };
  return auditReach(caller, parseSearch(definitions, 'AuditEvent', [...new URLSearchParams(query)]));
}

describe('auditReach', () => {
  it.each([
    ['', { pt: 'p1' }],
    ['action=R&date=2026', { pt: 'p1' }],
    ['patient=p1', { pt: 'p1' }],
    ['patient=p1,p2', { pt: 'p1' }],
    ['entity=Patient/p1', { pt: 'p1' }],
    ['patient=p2', { pt: 'p1', 'pt.1': { $exists: false } }],
    ['entity=Task/t', { pt: 'p1', 'pt.1': { $exists: false } }],
    ['patient=p1&entity=Patient/p2', { pt: 'p1', 'pt.1': { $exists: false } }],
  ])('of a patient who asks for "%s" is %j', (query, filter) => {
    expect(reach('patient', query, 'p1')).toEqual(filter);
  });

  it('is everything for the offices, and nothing for others', () => {
    expect(reach('privacy', 'entity=Task/t')).toEqual({});
    expect(reach('patient', '')).toEqual({ _id: { $in: [] } });
    expect(reach('clinician', '')).toEqual({ _id: { $in: [] } });
  });
});
