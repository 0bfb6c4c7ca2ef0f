import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import type { PatientRelation } from '../../../src/store/envelope.js';
import { startService, type TestService } from '../../support/service.js';
import { exported } from '../bulk/bulk-fixture.js';
import { addAccount, bundleOf, created, facilityOf, verdict } from './policy-fixture.js';

const HERE = 'system.uaps1';
const THERE = 'system.hosp1';

interface PatientEnvelope {
  readonly _id: string;
  readonly acc: string[];
  readonly rel?: PatientRelation[];
}

describe('a relation that has ended', () => {
  let service: TestService;
  let patient: string;
  let there: string;
  beforeAll(async () => {
    service = await startService();
    there = await facilityOf(service, THERE);
    const person: Patient = {
      resourceType: 'Patient',
      name: [{ family: 'Zacapa', given: ['Delia'] }],
      birthDate: '1980-02-03',
      gender: 'female',
    };
    patient = (await created<Patient>(service, HERE, person)).id;
  }, 60_000);
  afterAll(() => service.stop());

  /** The patient was treated there until a moment. */
  const treatedUntil = async (u: Date): Promise<void> => {
    const relation = { f: there, k: 'encounter', u } as PatientRelation;
    const patients = service.db.collection<PatientEnvelope>('Patient');
    await patients.updateOne({ _id: patient }, { $pull: { rel: { f: there } } });
    await patients.updateOne({ _id: patient }, { $addToSet: { acc: there }, $push: { rel: relation } });
  };
  const total = async (account: string, path: string): Promise<number> => {
    const { status, body } = await service.call<Bundle>(account, 'GET', `${path}&_total=accurate`);
    expect(status).toBe(200);
    return body.total ?? 0;
  };
  const matches = async (): Promise<number> => {
    const resource = {
      resourceType: 'Patient',
      name: [{ family: 'Zacapa', given: ['Delia'] }],
      birthDate: '1980-02-03',
    };
    const body = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] };
    return (await service.call<Bundle>(THERE, 'POST', 'Patient/$match', { body })).body.entry?.length ?? 0;
  };
  const referred = async (): Promise<number> => {
    const resource = { resourceType: 'Observation', status: 'final', code: { text: 'Peso' } } as const;
    const subject = { reference: 'Patient?family=Zacapa&birthdate=1980-02-03' };
    const entry = [{ resource: { ...resource, subject }, request: { method: 'POST' as const, url: 'Observation' } }];
    return (await service.call(THERE, 'POST', '', { body: bundleOf('transaction', entry) })).status;
  };

  it('opens neither a read nor any search', async () => {
    const seen = async (): Promise<unknown[]> => [
      (await service.call(THERE, 'GET', `Patient/${patient}`)).status,
      await total(THERE, 'Patient?family=Zacapa'),
      await total(THERE, `Patient?_id=${patient}`),
      await matches(),
      await referred(),
      (await (await exported(service, THERE, 'Patient/$export?_type=Patient')).ids('Patient')).includes(patient),
    ];
    await treatedUntil(new Date('2999-01-01'));
    expect(await seen()).toEqual([200, 1, 1, 1, 200, true]);
    await treatedUntil(new Date('2020-01-01'));
    expect(await seen()).toEqual([404, 0, 0, 0, 412, false]);
  }, 60_000);

  it('and none at all are no error: whoever works at no facility finds nothing', async () => {
    const nowhere = await addAccount(service, 'clinician.nowhere', 'clinician');
    expect(await total(nowhere, 'Patient?family=Zacapa')).toBe(0);
    expect(await total(nowhere, 'Observation?subject:Patient.family=Zacapa')).toBe(0);
    expect(verdict(await service.call(nowhere, 'GET', `Patient/${patient}`))).toEqual([404, 'not-found']);
  });
});
