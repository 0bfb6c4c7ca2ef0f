import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { startService, type TestService } from '../../support/service.js';
import { FIELDS, type Moved, move, order, send, submission } from './referral-fixture.js';

const PATIENT = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' };
const created = (index: number, resource: BundleEntry['resource']): BundleEntry => ({
  fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000001${index}`,
  ...(resource ? { resource, request: { method: 'POST', url: resource.resourceType } } : {}),
});

describe('GET ServiceRequest/{id}/$referral', () => {
  let service: TestService;
  let sent: Moved;
  let other: Moved;

  beforeAll(async () => {
    service = await startService();
    const allergy = created(1, {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      code: { text: 'Penicilina' },
      patient: PATIENT,
    });
    sent = await send(service, 'system.uaps1', submission(order(), [allergy]));
    other = await send(service, 'system.uaps1', submission(order()));
    const received = await move(service, sent, 'receive', { account: 'system.hosp1', actor: 'clerk.hosp1' });
    await move(
      service,
      received,
      'request-info',
      { account: 'system.hosp1', actor: 'triage.hosp1' },
      FIELDS['request-info'],
    );
  }, 60_000);
  afterAll(() => service.stop());

  const whole = (account: string, id = sent.referral.id) =>
    service.call<Bundle>(account, 'GET', `ServiceRequest/${id}/$referral`);
  const types = ({ entry = [] }: Bundle): string[] => entry.map(({ resource }) => resource?.resourceType ?? '');

  it('gives the order first, its Tasks, trail, question, patient, allergies, people and facilities', async () => {
    const { status, body } = await whole('triage.hosp1');
    expect([status, body.type]).toEqual([200, 'collection']);
    expect(body.entry?.[0]?.resource).toMatchObject({ resourceType: 'ServiceRequest', id: sent.referral.id });
    const found = types(body);
    for (const type of ['Patient', 'AllergyIntolerance', 'Communication', 'Organization', 'PractitionerRole'])
      expect(found).toContain(type);
    expect(found.filter((type) => type === 'Task')).toHaveLength(2);
    expect(found.filter((type) => type === 'Provenance')).toHaveLength(3);
    const urls = body.entry?.map(({ fullUrl }) => fullUrl) ?? [];
    expect(new Set(urls).size).toBe(urls.length);
    expect(JSON.stringify(body)).not.toContain(other.referral.id);
  });

  it('leaves one audit record that names what was read', async () => {
    const before = await service.db.collection('audit').countDocuments();
    await whole('triage.hosp1');
    const records = await service.db.collection('audit').find().sort({ at: -1 }).limit(1).toArray();
    expect((await service.db.collection('audit').countDocuments()) - before).toBe(1);
    expect(records[0]).toMatchObject({
      sub: '$referral',
      who: 'triage.hosp1',
      pt: [sent.referral.subject.reference?.replace('Patient/', '')],
    });
    expect(records[0]?.['ent']).toEqual(expect.arrayContaining([`Task/${sent.task.id}`]));
  });

  it('shows the desk no clinical record', async () => {
    const found = types((await whole('clerk.hosp1')).body);
    expect(found).toContain('Patient');
    expect(found).not.toContain('AllergyIntolerance');
  });

  it.each([
    ['triage.hosp2', 404],
    ['statistics', 403],
    ['clinician.uaps1', 200],
    ['conformance', 200],
  ])('answers %s with %p', async (account, status) => {
    expect((await whole(account)).status).toBe(status);
  });

  it('is about referrals only', async () => {
    expect((await whole('triage.hosp1', 'nothing')).status).toBe(404);
    expect((await service.call('triage.hosp1', 'GET', `Task/${sent.task.id}/$referral`)).status).toBe(404);
  });
});
