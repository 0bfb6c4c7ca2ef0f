import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes';
import { startService, type TestService } from '../../support/service.js';

describe('$feed', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (family: string) => ({
    resourceType: 'Patient',
    name: [{ family, given: ['Ana'] }],
    gender: 'female',
    birthDate: '1980-05-03',
  });
  const nextOf = ({ link }: Bundle): string =>
    link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/')[1] ?? '';
  const nameOf = ({ fullUrl = '', response }: BundleEntry): string =>
    `${fullUrl.split('/fhir/')[1] ?? ''} ${response?.etag ?? ''}`;

  /** Pages until a version has come; an empty page only says that nothing came in time. */
  async function follow(account: string, from: string, until: string): Promise<{ names: string[]; next: string }> {
    const names: string[] = [];
    let next = from;
    while (!names.includes(until)) {
      const { status, body } = await service.call<Bundle>(account, 'GET', next);
      expect([status, body.type]).toEqual([200, 'history']);
      names.push(...(body.entry ?? []).map(nameOf));
      next = nextOf(body);
    }
    return { names, next };
  }

  it('gives every version, in order, and goes on behind the last', async () => {
    const made = await service.call<{ id: string }>('system.uaps1', 'POST', 'Patient', { body: person('Uno') });
    const path = `Patient/${made.body.id}`;
    const { names, next } = await follow('conformance', '$feed?_type=Patient&_count=3', `${path} W/"1"`);
    expect(new Set(names).size).toBe(await service.db.collection('history').countDocuments({ type: 'Patient' }));

    await service.call('system.uaps1', 'PUT', path, { body: { ...person('Dos'), id: made.body.id } });
    await service.call('system.uaps1', 'DELETE', path);
    const more = await follow('conformance', next, `${path} W/"3"`);
    // Behind a scan of what is old a version may come twice; none is missed.
    expect([...new Set(more.names)]).toEqual([`${path} W/"2"`, `${path} W/"3"`]);
    expect(await service.db.collection('audit').findOne({ sub: '$feed', ent: `${path}/_history/2` })).toMatchObject({
      who: 'conformance',
    });
  });

  it('tells a system only what it may read, and others nothing', async () => {
    const foreign = await service.call<{ id: string }>('system.hosp2', 'POST', 'Patient', { body: person('Ajena') });
    expect(foreign.status).toBe(201);
    const own = await service.call<{ id: string }>('system.uaps1', 'POST', 'Patient', { body: person('Propia') });
    const { names } = await follow('system.uaps1', '$feed?_type=Patient&_count=500', `Patient/${own.body.id} W/"1"`);
    expect(names.some((name) => name.startsWith(`Patient/${foreign.body.id} `))).toBe(false);
    for (const account of ['clinician.uaps1', 'patient.1', 'statistics', 'manager.red1'])
      expect((await service.call(account, 'GET', '$feed')).status).toBe(403);
  });

  it.each(['after=x', '_count=0', '_count=501', '_type=Nada', '_since=2026', '_count=1&_count=2'])(
    '400 for %s',
    async (query) => {
      const { status, body } = await service.call<OperationOutcome>('conformance', 'GET', `$feed?${query}`);
      expect([status, body.resourceType]).toEqual([400, 'OperationOutcome']);
    },
  );
});
