import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { SID } from '../../src/config/canonical.js';
import { startService, type TestService } from '../support/service.js';

const PARALLEL = 50;

const tally = (statuses: readonly number[]): Record<string, number> =>
  statuses.reduce<Record<string, number>>((sum, status) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {});

describe('races on one record', () => {
  let service: TestService;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (dni: string): Patient => ({
    resourceType: 'Patient',
    identifier: [{ system: SID.dni, value: dni }],
    name: [{ family: 'Carrera' }],
  });

  it(`lets one of ${PARALLEL} registrations of the same DNI win`, async () => {
    const answers = await Promise.all(
      Array.from({ length: PARALLEL }, () => service.call(as, 'POST', 'Patient', { body: person('0801199000001') })),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: PARALLEL - 1 });
    const found = await service.call<Bundle>(as, 'GET', `Patient?identifier=${SID.dni}|0801199000001`);
    expect(found.body.entry).toHaveLength(1);
  }, 30_000);

  it(`lets one of ${PARALLEL} updates with the same If-Match win, then goes on`, async () => {
    const created = await service.call<Patient>(as, 'POST', 'Patient', { body: person('0801199000002') });
    const put = (family: string, version: number): ReturnType<typeof service.call> =>
      service.call(as, 'PUT', `Patient/${created.body.id}`, {
        body: { ...created.body, name: [{ family }] },
        headers: { 'if-match': `W/"${version}"` },
      });
    const answers = await Promise.all(Array.from({ length: PARALLEL }, (_, index) => put(`N${index}`, 1)));
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 412: PARALLEL - 1 });
    expect((await put('Después', 2)).status).toBe(200);
    const versions = await service.db.collection('history').distinct('vid', { type: 'Patient', id: created.body.id });
    expect(versions).toEqual([1, 2, 3]);
  }, 30_000);

  it(`makes one resource out of ${PARALLEL} creates under one If-None-Exist`, async () => {
    const body = { resourceType: 'Patient', identifier: [{ system: 'urn:race', value: 'r1' }] };
    const headers = { 'if-none-exist': 'identifier=urn:race|r1' };
    const answers = await Promise.all(
      Array.from({ length: PARALLEL }, () => service.call<Patient>(as, 'POST', 'Patient', { body, headers })),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: PARALLEL - 1, 201: 1 });
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  }, 30_000);

  it('retries updates without If-Match inside: all succeed', async () => {
    const created = await service.call<Patient>(as, 'POST', 'Patient', { body: person('0801199000003') });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        service.call(as, 'PUT', `Patient/${created.body.id}`, {
          body: { ...created.body, name: [{ family: `V${index}` }] },
        }),
      ),
    );
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 12 });
    const last = await service.call<Patient>(as, 'GET', `Patient/${created.body.id}`);
    expect(last.body.meta?.versionId).toBe('13');
  }, 30_000);
});
