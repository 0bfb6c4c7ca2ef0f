import type { Resource } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import type { Caller } from '../../../src/access/caller.js';
import { everything } from './search-fixture.js';

type Stored = Resource & { id: string };

const to = (reference: string): { reference: string } => ({ reference });
const coded = (code: string): object => ({ coding: [{ system: 'http://loinc.org', code }] });

/**
 * Two facilities and three patients: p1 and p3 known at h1, p2 at h2. Referrals with their tasks and findings; tasks in a
 * row for `:iterate`. Task t5 names h1 and is about p2, whom h1 does not know.
 */
export const GRAPH: readonly Stored[] = [
  { resourceType: 'Organization', id: 'h1', name: 'Hospital Uno', identifier: [{ system: 'urn:rups', value: '1' }] },
  { resourceType: 'Organization', id: 'h2', name: 'Hospital Dos', partOf: to('Organization/h1') },
  { resourceType: 'Location', id: 'l1', name: 'Sala Lenca', managingOrganization: to('Organization/h1') },
  { resourceType: 'Practitioner', id: 'd1', name: [{ family: 'Zelaya' }] },
  {
    resourceType: 'Patient',
    id: 'p1',
    name: [{ family: 'López', given: ['María'] }],
    birthDate: '1990-05-03',
    identifier: [{ system: SID.dni, value: '1' }],
    generalPractitioner: [to('Practitioner/d1'), to('Organization/h1')],
    managingOrganization: to('Organization/h1'),
  },
  {
    resourceType: 'Patient',
    id: 'p2',
    name: [{ family: 'López', given: ['Ángel'] }],
    birthDate: '1980-01-01',
    identifier: [{ system: SID.dni, value: '2' }],
    generalPractitioner: [to('Practitioner/d1')],
    managingOrganization: to('Organization/h2'),
  },
  {
    resourceType: 'Patient',
    id: 'p3',
    name: [{ family: 'Garay' }],
    identifier: [{ system: SID.dni, value: '3' }],
    managingOrganization: to('Organization/h1'),
  },
  {
    resourceType: 'ServiceRequest',
    id: 's1',
    status: 'active',
    intent: 'order',
    subject: to('Patient/p1'),
    requester: to('Organization/h1'),
    performer: [to('Organization/h2')],
    code: coded('a'),
  },
  {
    resourceType: 'ServiceRequest',
    id: 's2',
    status: 'active',
    intent: 'order',
    subject: to('Patient/p2'),
    requester: to('Organization/h2'),
    code: coded('b'),
  },
  { resourceType: 'ServiceRequest', id: 's3', status: 'draft', intent: 'order', subject: to('Location/l1') },
  {
    resourceType: 'Task',
    id: 't1',
    status: 'requested',
    intent: 'order',
    focus: to('ServiceRequest/s1/_history/1'),
    for: to('Patient/p1'),
    owner: to('Organization/h2'),
  },
  {
    resourceType: 'Task',
    id: 't2',
    status: 'completed',
    intent: 'order',
    focus: to('http://rr.test/fhir/ServiceRequest/s2'),
    for: to('Patient/p2'),
    owner: to('Organization/h2'),
    partOf: [to('Task/t1')],
  },
  { resourceType: 'Task', id: 't3', status: 'requested', intent: 'order', partOf: [to('Task/t2')] },
  {
    resourceType: 'Task',
    id: 't4',
    status: 'requested',
    intent: 'order',
    focus: to('#c'),
    contained: [{ resourceType: 'ServiceRequest', id: 'c' } as never],
    partOf: [to('Task/t3')],
  },
  {
    resourceType: 'Task',
    id: 't5',
    status: 'requested',
    intent: 'order',
    focus: to('ServiceRequest/s2'),
    for: to('Patient/p2'),
    owner: to('Organization/h1'),
  },
  {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    subject: to('Patient/p1'),
    performer: [to('Organization/h2')],
    code: coded('718-7'),
    effectiveDateTime: '2026-05-03',
  },
  {
    resourceType: 'Observation',
    id: 'o2',
    status: 'final',
    subject: to('Patient/p2'),
    performer: [to('Organization/h2')],
    code: coded('718-7'),
    effectiveDateTime: '2026-06-03',
  },
  {
    resourceType: 'Condition',
    id: 'c1',
    subject: to('Patient/p1'),
    code: coded('x'),
    evidence: [{ detail: [to('Observation/o1')] }],
  },
  {
    resourceType: 'List',
    id: '42',
    status: 'current',
    mode: 'working',
    entry: [{ item: to('Patient/p1') }, { item: to('Task/t1') }],
  },
  {
    resourceType: 'List',
    id: '43',
    status: 'current',
    mode: 'working',
    subject: to('Patient/p2'),
    entry: [{ item: to('Patient/p3') }],
  },
] as unknown as Stored[];

const of = (facility: string, role: Caller['role']): Caller => ({
  ...everything,
  sub: `${role}.${facility}`,
  role,
  actsAs: [role],
  facility,
  facilities: [facility],
});

export const specialist1 = of('h1', 'specialist');
export const clerk1 = of('h1', 'clerk');
export const specialist2 = of('h2', 'specialist');
export const patient1: Caller = {
  ...everything,
  sub: 'patient.1',
  role: 'patient',
  actsAs: ['patient'],
  patient: 'p1',
};
