import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { resourceOf } from '../../../src/fhir/stored-resource.js';
import { recordedProgress } from '../../../src/progress.js';
import { generateCharts } from '../../../src/seed/generate-patients.js';
import { parseCie10, storeCie10 } from '../../../src/seed/cie10-import.js';
import { loadCatalogue } from '../../../src/seed/load-catalogue.js';
import { loadPatients } from '../../../src/seed/load-patients.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import { keyHash } from '../../../src/store/ids.js';
import { startService, type TestService } from '../../support/service.js';

const OPTIONS = { patients: 30, seed: 'service-test' };

describe('loading synthetic people', () => {
  let service: TestService;
  const charts = [...generateCharts(OPTIONS)];
  const total = charts.flatMap(({ resources }) => resources).length;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const patients = (): Promise<number> => service.db.collection('Patient').countDocuments();
  const numberOf = ({ identifier = [] }: Patient): string | undefined =>
    identifier.find(({ system }) => system === SID.dni)?.value;

  it('writes every record once with history, and nothing when run again', async () => {
    const before = await patients();
    const first = await loadPatients(service.context, OPTIONS);
    expect(first).toMatchObject({ patients: 30, resources: total, present: 0, conflicts: 0 });
    const again = await loadPatients(service.context, OPTIONS);
    expect(again).toMatchObject({ patients: 0, resources: 0, present: 30, conflicts: 0 });
    expect(await patients()).toBe(before + 30);
    const ids = charts.flatMap(({ resources }) => resources.map(({ resourceType, id }) => `${resourceType}/${id}/1`));
    expect(await service.db.collection<{ _id: string }>('history').countDocuments({ _id: { $in: ids } })).toBe(total);
  }, 60_000);

  it('leaves the records as an application reads them', async () => {
    const chart = charts.find(({ person }) => numberOf(person));
    const read = await service.call<Patient>('conformance', 'GET', `Patient/${chart!.patientId}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(JSON.parse(JSON.stringify(chart!.person)));
    const found = await service.call<{ total: number }>(
      'conformance',
      'GET',
      `Observation?patient=${chart!.patientId}&_summary=count`,
    );
    expect(found.body.total).toBe(chart!.resources.filter(({ resourceType }) => resourceType === 'Observation').length);
  });

  it('claims personal numbers: the same DNI cannot be registered again', async () => {
    const person = charts.map((chart) => chart.person).find(numberOf);
    const twin = {
      resourceType: 'Patient',
      name: [{ text: 'Otra persona' }],
      birthDate: '2000-01-01',
      identifier: [{ system: SID.dni, value: numberOf(person!) }],
    };
    const answer = await service.call('conformance', 'POST', 'Patient', { body: twin });
    expect(answer.status).toBe(409);
  });

  it('gives facilities their relation to the person', async () => {
    const chart = charts.find(({ custodians }) => new Set(custodians.values()).size > 1);
    const stored = await service.db.collection<StoredResource>('Patient').findOne({ _id: chart!.patientId });
    const related = new Set(stored?.rel?.map(({ f }) => f));
    for (const facility of chart!.custodians.values()) expect(related).toContain(facility);
    for (const facility of related) expect(stored?.acc).toContain(facility);
  });

  it('completes what an interrupted run left out', async () => {
    const [chart] = charts;
    const last = chart!.resources.at(-1)!;
    await service.db.collection<StoredResource>('Patient').deleteOne({ _id: chart!.patientId });
    await service.db.collection<StoredResource>(last.resourceType).deleteOne({ _id: last.id });
    const report = await loadPatients(service.context, OPTIONS);
    expect(report).toMatchObject({ patients: 1, present: 29 });
    expect(report.resources).toBe(last.resourceType === 'Patient' ? 1 : 2);
    expect(await service.db.collection<StoredResource>(last.resourceType).countDocuments({ _id: last.id })).toBe(1);
  });

  it('leaves out a person whose number another record holds', async () => {
    const other = { patients: 5, seed: 'conflict' };
    const [victim] = [...generateCharts(other)].filter(({ person }) => numberOf(person));
    const value = numberOf(victim!.person)!;
    await service.db
      .collection<{ _id: string; ref: string }>('claims')
      .insertOne({ _id: keyHash('dni', value), ref: 'Patient/someone-else' });
    const report = await loadPatients(service.context, other);
    expect(report).toMatchObject({ patients: 4, conflicts: 1 });
    expect(await service.context.store.read('Patient', victim!.patientId)).toBeUndefined();
  });

  it('finds the catalogue complete', async () => {
    expect(await loadCatalogue(service.context, recordedProgress())).toBe(0);
    const [region] = await service.context.store.find('Organization', {}, { limit: 1 });
    expect(resourceOf(region!).resourceType).toBe('Organization');
  });

  it("stores the ministry's CIE-10 table in place of the one before", async () => {
    const collection = service.context.store.support<{ _id: string; text: string }>('catalogues');
    await storeCie10(service.context.store, parseCie10('code;text\nA09;Diarrea\nB86;Escabiosis').rows);
    await storeCie10(service.context.store, parseCie10('code;text\nA09;Diarrea y gastroenteritis').rows);
    const rows = await collection.find({ kind: 'cie10' }).toArray();
    expect(rows.map(({ _id, text }) => [_id, text])).toEqual([['cie10|A09', 'Diarrea y gastroenteritis']]);
  });
});
