import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import type { Job } from '../../../src/store/job.js';
import { startService, type TestService } from '../../support/service.js';
import { bundleOf, scopedTo, verdict } from '../policy/policy-fixture.js';
import { askLater, ended, jobPath } from './bulk-fixture.js';

const AS = 'conformance';

describe('Bundles that are processed later', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const post = (family: string, more: object = {}): BundleEntry => ({
    resource: { resourceType: 'Patient', name: [{ family }], ...more } as Resource,
    request: { method: 'POST', url: 'Patient' },
  });
  const kickOff = async (type: 'batch' | 'transaction', entries: readonly BundleEntry[]): Promise<string> =>
    jobPath(service, await askLater(service, AS, '', { method: 'POST', body: bundleOf(type, [...entries]) }));
  const answerOf = async (job: string): Promise<BundleEntry | undefined> => {
    const { status, body } = await ended<Bundle>(service, AS, job);
    expect([status, body.type, body.entry?.length]).toEqual([200, 'batch-response', 1]);
    return body.entry?.[0];
  };
  const people = (family: string): Promise<number> =>
    service.db.collection('Patient').countDocuments({ json: new RegExp(`"family":"${family}"`) });

  it('carries out a batch that is larger than one answered at once, each entry by itself, in the order of the request', async () => {
    const entries = Array.from({ length: 230 }, (_, n) =>
      n === 100 ? post('Mala', { gender: 'x' }) : post(`Lote ${n}`),
    );
    expect((await service.call(AS, 'POST', '', { body: bundleOf('batch', entries) })).status).toBe(400);
    const job = await kickOff('batch', entries);
    const answer = (await answerOf(job))?.resource as Bundle;
    expect(answer.entry).toHaveLength(230);
    expect(answer.entry?.map(({ response }) => response?.status)).toEqual(
      entries.map((_, n) => (n === 100 ? '422 Unprocessable Entity' : '201 Created')),
    );
    expect(answer.entry?.[229]?.resource).toMatchObject({ name: [{ family: 'Lote 229' }] });
    // Fetched again, it is the same.
    expect((await answerOf(job))?.resource).toEqual(answer);
    expect(verdict(await service.call('system.uaps1', 'GET', job))).toEqual([404, 'job-unknown']);
    expect((await service.call(AS, 'DELETE', job)).status).toBe(202);
    expect((await service.call(AS, 'GET', job)).status).toBe(404);
  });

  it('is answered to a token that allows as much as the one it was sent with, and the Bundle itself is not kept', async () => {
    const job = await kickOff('batch', [post('Alcance')]);
    await answerOf(job);
    const narrow = await scopedTo(service, AS, 'system/Observation.rs');
    expect(verdict(await service.call(undefined, 'GET', job, { headers: narrow }))).toEqual([403, 'scope-forbidden']);
    const sent = { 'metadata.job': job.split('/').at(-1), filename: 'sent' };
    let left = 1;
    for (let tries = 0; left > 0 && tries < 50; tries += 1) {
      await sleep(50);
      left = await service.db.collection('job_files.files').countDocuments(sent);
    }
    expect(left).toBe(0);
  });

  it('answers a transaction as a whole, and says why one was refused', async () => {
    const done = await answerOf(await kickOff('transaction', [post('Entera'), post('Entera')]));
    expect(done?.response?.status).toBe('200 OK');
    expect((done?.resource as Bundle).entry?.map(({ response }) => response?.status)).toEqual([
      '201 Created',
      '201 Created',
    ]);
    const refused = await answerOf(await kickOff('transaction', [post('Media'), post('Media', { gender: 'x' })]));
    expect(refused?.response?.status).toBe('422 Unprocessable Entity');
    expect(refused?.response?.outcome).toMatchObject({ issue: [{ code: 'code-invalid' }] });
    expect(await people('Media')).toBe(0);
  });

  it('carries out no entry twice after a process died in the middle', async () => {
    const entries = Array.from({ length: 30 }, (_, n) => post(`Cortada ${n}`));
    const job = await kickOff('batch', entries);
    const id = job.split('/').at(-1) ?? '';
    await answerOf(job);
    // The same job as a dead process leaves it: everything was written, only the first 25 answers were saved.
    const jobs = service.db.collection<Job>('jobs');
    const { parts = [], at } = (await jobs.findOne({ _id: id })) ?? {};
    const { files } = service.context.store.jobs;
    const sentAgain = async (job: string, bundle: Bundle): Promise<Record<string, string>> => ({
      'task.bundle': await files.write(job, 'sent', JSON.stringify(bundle)),
    });
    await jobs.updateOne(
      { _id: id },
      {
        $set: {
          ...(await sentAgain(id, bundleOf('batch', entries))),
          state: 'running',
          run: 'dead',
          due: new Date(0),
          parts: parts.slice(0, 1),
          position: { next: 25, begun: at },
        },
        $unset: { expires: '' },
      },
    );
    const answer = (await answerOf(job))?.resource as Bundle;
    expect(answer.entry).toHaveLength(30);
    expect(new Set(answer.entry?.map(({ response }) => response?.status))).toEqual(new Set(['201 Created']));
    expect(await people('Cortada \\d+')).toBe(30);

    const whole = await kickOff('transaction', [post('Perdida')]);
    await answerOf(whole);
    const wholeId = whole.split('/').at(-1) ?? '';
    await jobs.updateOne(
      { _id: wholeId },
      {
        $set: {
          ...(await sentAgain(wholeId, bundleOf('transaction', [post('Perdida')]))),
          state: 'running',
          run: 'dead',
          due: new Date(0),
          parts: [],
          position: { next: 0, begun: at },
        },
      },
    );
    const lost = await ended(service, AS, whole);
    expect(verdict(lost)).toEqual([409, 'answer-lost']);
    expect(lost.text).toMatch(/Patient\/[0-9a-f-]+\/_history\/1/);
    expect(await people('Perdida')).toBe(1);
  });

  it.each([
    [{ resourceType: 'Patient' }, 400],
    [{ resourceType: 'Bundle', type: 'collection' }, 400],
    [{ resourceType: 'Bundle', type: 'batch', entry: {} }, 400],
    [{ resourceType: 'Bundle', type: 'transaction', entry: [{}] }, 400],
  ])('refuses %j at once', async (body, status) => {
    expect((await askLater(service, AS, '', { method: 'POST', body })).status).toBe(status);
  });
});
