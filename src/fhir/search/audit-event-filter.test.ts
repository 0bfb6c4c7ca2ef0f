import { describe, expect, it } from 'vitest';
import { evaluateFilter } from '../../../test/support/evaluate-filter.js';
import type { AuditRecord } from '../../store/audit-record.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { AUDIT_PARAMETERS, auditEventFilter, auditEventSort } from './audit-event-filter.js';
import { parseSearch } from './parse.js';
import { searchableParameters } from './parameters.js';

const definitions = loadDefinitions();
const parse = (query: string): ReturnType<typeof parseSearch> =>
  parseSearch(definitions, 'AuditEvent', [...new URLSearchParams(query)]);

const record: AuditRecord = {
  _id: 'a1',
  p: 'p',
  n: 1,
  at: new Date('2026-05-03T10:00:00Z'),
  act: 'U',
  sub: '$accept',
  out: '0',
  who: 'triage.hosp1',
  rol: 'triage',
  fac: 'h1',
  cli: 'system.hosp1',
  for: 'r1',
  pt: ['p1'],
  ent: ['Task/t1/_history/4', 'ServiceRequest/s1'],
  req: 'x',
  pou: 'TREAT',
};

describe('auditEventFilter', () => {
  it.each(['token', 'sign-in'])('finds every sign-in under the code that DICOM has for it: %s', (sub) => {
    expect(evaluateFilter(auditEventFilter(parse('subtype=110122')), { ...record, sub })).toBe(true);
    expect(evaluateFilter(auditEventFilter(parse('subtype=110123')), { ...record, sub })).toBe(false);
  });

  it.each([
    '_id=a1',
    'date=2026-05-03',
    '_lastUpdated=ge2026-05-03T09:00:00Z',
    'patient=p1',
    'patient=Patient/p1,Patient/p2',
    'agent=PractitionerRole/r1',
    'agent-role=triage',
    'agent=Organization/h1',
    'entity=Task/t1',
    'entity=ServiceRequest/s1',
    'entity=Patient/p1',
    'action=U',
    'action=http://hl7.org/fhir/audit-event-action|U',
    'outcome=0,4',
    'subtype=operation',
    'subtype=$accept'.replace('$', '%5C$'),
    'patient=p1&action=U',
  ])('finds by %s', (query) => {
    expect(evaluateFilter(auditEventFilter(parse(query)), record)).toBe(true);
  });

  it.each([
    '_id=a2',
    'date=2026-05-04',
    'patient=p2',
    'agent=Practitioner/r1',
    'agent=Organization/h2',
    'entity=Task/t',
    'entity=Task/t11',
    'action=R',
    'outcome=8',
    'subtype=read',
  ])('does not find by %s', (query) => {
    expect(evaluateFilter(auditEventFilter(parse(query)), record)).toBe(false);
  });

  it('refuses parameters of R4 that records do not answer', () => {
    expect(() => auditEventFilter(parse('altid=x'))).toThrow('parameter-unknown');
    expect(() => auditEventFilter(parse('policy=x'))).toThrow('parameter-unknown');
  });

  it('declares parameters that exist', () => {
    const known = searchableParameters(definitions, 'AuditEvent');
    expect(AUDIT_PARAMETERS.filter((code) => !known.has(code))).toEqual(['_id', '_lastUpdated']);
  });

  it('sorts by time unless by id', () => {
    expect(auditEventSort(parse(''))).toEqual({ at: -1, _id: -1 });
    expect(auditEventSort(parse('_sort=date'))).toEqual({ at: 1, _id: 1 });
    expect(auditEventSort(parse('_sort=-_id'))).toEqual({ _id: -1 });
  });
});
