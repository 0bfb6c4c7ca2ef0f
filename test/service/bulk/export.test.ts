import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Group, Observation, Patient, Resource } from '@medplum/fhirtypes';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { Job } from '../../../src/store/job.js';
import { startService, type TestService } from '../../support/service.js';
import { addAccount, codeOf, created, facilityOf, scopedTo, verdict } from '../policy/policy-fixture.js';
import { askLater, ended, exported, jobPath, startNow } from './bulk-fixture.js';

const ALL = 'conformance';
const OWN = 'system.uaps1';
const OTHER = 'system.hosp1';

describe('$export', () => {
  let service: TestService;
  let mine: Patient & { id: string };
  let theirs: Patient & { id: string };
  let laboratory: string;

  const observation = (patient: string, category: string, text = '=cmd'): Resource => ({
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code: { text },
    effectiveDateTime: '2026-05-04',
    subject: { reference: `Patient/${patient}` },
  });
  const person = (family: string): Resource => ({ resourceType: 'Patient', name: [{ family }], gender: 'female' });
  const idOf = async (account: string, resource: Resource): Promise<string> =>
    (await created(service, account, resource)).id;

  beforeAll(async () => {
    service = await startService();
    mine = (await created(service, OWN, person('Propia'))) as Patient & { id: string };
    theirs = (await created(service, OTHER, person('Ajena'))) as Patient & { id: string };
    laboratory = await idOf(OWN, observation(mine.id, 'laboratory'));
    await idOf(OWN, observation(mine.id, 'vital-signs'));
    await idOf(OTHER, observation(theirs.id, 'laboratory'));
  }, 60_000);
  afterAll(() => service.stop());

  const current = (type: string): Promise<string[]> =>
    service.db.collection<{ _id: string }>(type).distinct('_id', { del: false });

  it('gives everything to whom everything is open, as it is stored, and a directory without audit records', async () => {
    const found = await exported(service, ALL, '$export');
    for (const type of ['Patient', 'Observation', 'Organization', 'PractitionerRole'])
      expect(await found.ids(type)).toEqual((await current(type)).sort());
    const [one] = (await found.lines<Observation>('Observation')).filter(({ id }) => id === laboratory);
    expect(one).toEqual((await service.call(ALL, 'GET', `Observation/${laboratory}`)).body);
    expect(found.manifest).toMatchObject({ request: `${service.base}/$export`, requiresAccessToken: true, error: [] });
    expect(found.manifest.output.map(({ type }) => type)).not.toContain('AuditEvent');
    expect(found.manifest.deleted).toEqual([]);
  });

  it('gives the system of a facility what its own searches find', async () => {
    const found = await exported(service, OWN, 'Patient/$export');
    const seen = await service.call<Bundle>(OWN, 'GET', 'Patient?_count=1000');
    expect(await found.ids('Patient')).toEqual(seen.body.entry?.map(({ resource }) => resource?.id).sort());
    expect(await found.ids('Patient')).toContain(mine.id);
    expect(await found.ids('Patient')).not.toContain(theirs.id);
    expect(
      (await found.lines<Observation>('Observation')).every(
        ({ subject }) => subject?.reference === `Patient/${mine.id}`,
      ),
    ).toBe(true);
    expect(found.manifest.output.map(({ type }) => type)).not.toContain('Organization');
  });

  it('narrows by _type, _typeFilter and _since, in the URL and in a body', async () => {
    const filter = encodeURIComponent('Observation?category=laboratory');
    const found = await exported(service, OWN, `$export?_type=Observation,Organization&_typeFilter=${filter}`);
    expect(await found.ids('Observation')).toEqual([laboratory]);
    expect(new Set(found.manifest.output.map(({ type }) => type))).toEqual(new Set(['Observation', 'Organization']));

    const gone = await idOf(OWN, observation(mine.id, 'laboratory', 'se borra'));
    const since = new Date().toISOString();
    const fresh = await idOf(OWN, observation(mine.id, 'laboratory', 'nueva'));
    await service.call(OWN, 'DELETE', `Observation/${gone}`);
    const body = {
      resourceType: 'Parameters',
      parameter: [
        { name: '_since', valueInstant: since },
        { name: '_type', valueString: 'Patient,Observation' },
      ],
    };
    const news = await exported(service, OWN, 'Patient/$export', { method: 'POST', body });
    expect(await news.ids('Observation')).toEqual([fresh]);
    expect(await news.ids('Patient')).toEqual([]);
    expect(await news.lines('Bundle', 'deleted')).toEqual([
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'DELETE', url: `Observation/${gone}` } }],
      },
    ]);
  });

  it('shows one moment although people go on writing', async () => {
    const [changed, removed] = [
      await idOf(OWN, observation(mine.id, 'laboratory', 'antes')),
      await idOf(OWN, observation(mine.id, 'laboratory', 'se irá')),
    ];
    const refiled = await idOf(OWN, observation(mine.id, 'laboratory', 'otra clase'));
    let late = '';
    const found = await exported(
      service,
      OWN,
      `Patient/$export?_type=Observation&_typeFilter=${encodeURIComponent('Observation?category=laboratory')}`,
      {
        meanwhile: async () => {
          late = await idOf(OWN, observation(mine.id, 'laboratory', 'después'));
          for (const [id, category] of [
            [changed, 'laboratory'],
            [refiled, 'vital-signs'],
          ] as const)
            await service.call(OWN, 'PUT', `Observation/${id}`, {
              body: { ...observation(mine.id, category, 'cambiada'), id },
            });
          await service.call(OWN, 'DELETE', `Observation/${removed}`);
        },
      },
    );
    const lines = await found.lines<Observation & { id: string }>('Observation');
    const textOf = (id: string): string | undefined => lines.find((line) => line.id === id)?.code.text;
    expect([textOf(changed), textOf(removed), textOf(refiled), textOf(late)]).toEqual([
      'antes',
      'se irá',
      'otra clase',
      undefined,
    ]);
  });

  it('exports the members of a group that the caller may see', async () => {
    const group: Group = {
      resourceType: 'Group',
      type: 'person',
      actual: true,
      managingEntity: { reference: `Organization/${await facilityOf(service, OWN)}` },
      member: [mine.id, theirs.id].map((id) => ({ entity: { reference: `Patient/${id}` } })),
    };
    const id = await idOf(ALL, group);
    expect(await (await exported(service, ALL, `Group/${id}/$export`)).ids('Patient')).toEqual(
      [mine.id, theirs.id].sort(),
    );
    const own = await exported(service, OWN, `Group/${id}/$export`);
    expect(await own.ids('Patient')).toEqual([mine.id]);
    expect(verdict(await askLater(service, OTHER, `Group/${id}/$export`))).toEqual([404, 'not-found']);
    // A group is nobody's own record.
    expect((await service.call('patient.1', 'GET', `Group/${id}`)).status).toBe(404);
  });

  it('goes on after a process died, without losing or doubling a line', async () => {
    const total = (await current('Organization')).length;
    const answer = await askLater(service, ALL, '$export?_type=Organization,Observation');
    const id = jobPath(service, answer).split('/').at(-1) ?? '';
    // As a process leaves it that died after the first type, and while it wrote the second: a part that no step names.
    const lines = await exported(service, ALL, '$export?_type=Organization');
    const text = (await lines.lines('Organization')).map((line) => `${JSON.stringify(line)}\n`).join('');
    const { files } = service.context.store.jobs;
    const part = { id: await files.write(id, 'output/Organization', text), name: 'output/Organization', count: total };
    await files.write(id, 'output/Observation', '{"resourceType":"Observation"}\n');
    await service.db
      .collection<Job>('jobs')
      .updateOne(
        { _id: id },
        { $set: { state: 'running', run: 'dead', due: new Date(0), position: { walk: 1 }, parts: [part] } },
      );
    const { body } = await ended<{ output: { type: string; count: number; url: string }[] }>(
      service,
      ALL,
      `_async/${id}`,
    );
    expect(body.output.map(({ type, count }) => [type, count])).toEqual([
      ['Organization', total],
      ['Observation', (await current('Observation')).length],
    ]);
    expect(await service.context.store.jobs.save(id, 'dead', { position: { walk: 9 } })).toBe(false);
  });

  it('is followed, fetched and cancelled by the client that asked, and by nobody else', async () => {
    const job = jobPath(service, await askLater(service, OWN, 'Patient/$export?_type=Patient'));
    const waiting = await service.call(OWN, 'GET', job);
    expect([waiting.status, waiting.headers.get('x-progress')]).toEqual([202, 'waiting']);
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
    await startNow(service, job);
    await ended(service, OWN, job);
    const file = `${job}/Patient-1.ndjson`;
    const narrow = await scopedTo(service, OWN, 'system/Observation.rs');
    expect(verdict(await service.call(undefined, 'GET', file, { headers: narrow }))).toEqual([403, 'scope-forbidden']);
    for (const account of [OTHER, ALL])
      for (const [method, path] of [
        ['GET', job],
        ['GET', file],
        ['DELETE', job],
      ] as const)
        expect(verdict(await service.call(account, method, path))).toEqual([404, 'job-unknown']);
    expect((await service.call(undefined, 'GET', file)).status).toBe(401);
    expect((await service.call(OWN, 'GET', `${job}/Observation-1.ndjson`)).status).toBe(404);

    const id = job.split('/').at(-1);
    const fetched = await fetch(`${service.base}/${file}`, {
      headers: { authorization: `Bearer ${await service.token(OWN)}` },
    });
    expect(fetched.headers.get('content-type')).toContain('application/fhir+ndjson');
    await fetched.text();
    expect((await service.call(OWN, 'DELETE', job)).status).toBe(202);
    expect(codeOf(await service.call(OWN, 'GET', job))).toBe('job-unknown');
    expect(await service.db.collection('job_files.files').countDocuments({ 'metadata.job': id })).toBe(0);
    const records = await service.db.collection<AuditRecord>('audit').find({ 'det.job': id }).toArray();
    expect(records.map(({ sub, who, pt, det }) => [sub, who, pt.includes(mine.id), det?.['file']])).toEqual([
      ['$export', OWN, false, undefined],
      // Before there was a file, whose data it holds.
      ['$export', OWN, true, undefined],
      ['$export-file', OWN, false, 'Patient-1.ndjson'],
      ['$export-cancel', OWN, false, undefined],
    ]);
  });

  it('goes with its files when its time is over', async () => {
    const job = jobPath(service, await askLater(service, OWN, '$export?_type=Organization'));
    await startNow(service, job);
    const { headers } = await ended(service, OWN, job);
    const expires = Date.parse(headers.get('expires') ?? '');
    expect(expires - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await service.context.store.jobs.sweep(new Date(expires + 2_000));
    expect((await service.call(OWN, 'GET', job)).status).toBe(404);
    expect(
      await service.db.collection('job_files.files').countDocuments({ 'metadata.job': job.split('/').at(-1) }),
    ).toBe(0);
  });

  it('keeps what was deleted from a token that may not read all types of the job', async () => {
    const gone = await idOf(OWN, observation(mine.id, 'survey'));
    const since = new Date(Date.now() - 3_600_000).toISOString();
    expect((await service.call(OWN, 'DELETE', `Observation/${gone}`)).status).toBe(204);
    const asked = await askLater(service, OWN, `Patient/$export?_type=Patient,Observation&_since=${since}`);
    const job = jobPath(service, asked);
    await startNow(service, job);
    expect((await ended(service, OWN, job)).status).toBe(200);
    const file = `${job}/deleted-1.ndjson`;
    for (const [scope, status] of [
      ['system/Patient.rs', 403],
      ['system/Observation.rs', 403],
      ['system/Patient.rs system/Observation.rs', 200],
    ] as const) {
      const authorization = (await scopedTo(service, OWN, scope))['authorization'] ?? '';
      const answer = await fetch(`${service.base}/${file}`, { headers: { authorization } });
      await answer.text();
      expect([scope, answer.status]).toEqual([scope, status]);
    }
  });

  it('ends with the rights of who asked', async () => {
    const facility = await facilityOf(service, OWN);
    const account = await addAccount(service, 'system.brief', 'system', {
      kind: 'system',
      facility,
      facilities: [facility],
    });
    const job = jobPath(service, await askLater(service, account, 'Patient/$export?_type=Patient'));
    const accounts = service.context.store.support<{ _id: string; enabled: boolean }>('accounts');
    await accounts.updateOne({ _id: account }, { $set: { enabled: false } });
    await startNow(service, job);
    const jobs = service.db.collection<Job>('jobs');
    const id = job.split('/').at(-1) ?? '';
    let found = await jobs.findOne({ _id: id });
    while (found && !found.expires) {
      await sleep(100);
      found = await jobs.findOne({ _id: id });
    }
    expect(found).toMatchObject({ state: 'failed', findings: [{ code: 'role-forbidden' }], parts: [] });
  });

  it('keeps a limited number of results for one client', async () => {
    const jobs = service.db.collection<Job>('jobs');
    const job = jobPath(service, await askLater(service, OTHER, '$export?_type=Organization'));
    const one = await jobs.findOne({ _id: job.split('/').at(-1) ?? '' });
    if (!one) throw new Error('there is no job');
    await service.call(OTHER, 'DELETE', job);
    const expires = new Date(Date.now() + 600_000);
    const kept = Array.from({ length: 50 }, (_, n): Job => ({ ...one, _id: `kept-${n}`, state: 'done', expires }));
    await jobs.insertMany(kept);
    const refused = await askLater(service, OTHER, '$export?_type=Organization');
    expect(verdict(refused)).toEqual([429, 'too-many']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500);
    expect((await service.call(OTHER, 'DELETE', '_async/kept-0')).status).toBe(202);
    const accepted = await askLater(service, OTHER, '$export?_type=Organization');
    expect(accepted.status).toBe(202);
    await service.call(OTHER, 'DELETE', jobPath(service, accepted));
    await jobs.deleteMany({ _id: { $in: kept.map(({ _id }) => _id) } });
  });

  it('takes a few at a time from one client', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => askLater(service, OTHER, '$export?_type=Organization')),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeLessThanOrEqual(3);
    const refused = answers.filter(({ status }) => status !== 202);
    expect(refused.map(verdict)).toEqual(refused.map(() => [429, 'too-many']));
    expect(refused[0]?.headers.get('retry-after')).toBe('30');
    for (const answer of accepted) await service.call(OTHER, 'DELETE', jobPath(service, answer));
  });

  it.each([
    ['system.uaps1', 'GET', '$export', {}, [400, 'header-invalid']],
    ['system.uaps1', 'GET', '$export?_type=AuditEvent', undefined, [400, 'operation-parameter']],
    ['system.uaps1', 'GET', '$export?_type=Nada', undefined, [400, 'operation-parameter']],
    ['system.uaps1', 'GET', '$export?_since=ayer', undefined, [400, 'operation-parameter']],
    ['system.uaps1', 'GET', '$export?_outputFormat=text/csv', undefined, [400, 'operation-parameter']],
    ['system.uaps1', 'GET', '$export?_elements=id', undefined, [400, 'operation-parameter']],
    ['system.uaps1', 'GET', '$export?_typeFilter=Patient%3Fapellido%3Dx', undefined, [400, 'parameter-unknown']],
    ['system.uaps1', 'GET', '$export?_typeFilter=Patient%3F_sort%3Dname', undefined, [400, 'operation-parameter']],
    [
      'system.uaps1',
      'GET',
      '$export?_type=Task&_typeFilter=Patient%3Fname%3Dx',
      undefined,
      [400, 'operation-parameter'],
    ],
    ['patient.1', 'GET', '$export', undefined, [403, 'role-forbidden']],
    ['patient.1', 'GET', 'Patient/$export', undefined, [403, 'role-forbidden']],
    ['clinician.uaps1', 'GET', 'Patient/$export', undefined, [403, 'role-forbidden']],
    ['privacy', 'GET', '$export', undefined, [403, 'role-forbidden']],
  ] as const)('refuses %s %s %s', async (account, method, path, headers, expected) => {
    const answer = headers
      ? await service.call(account, method, path, { headers: {} })
      : await askLater(service, account, path);
    expect(verdict(answer)).toEqual(expected);
  });

  it('refuses a type that the token does not include', async () => {
    const headers = { ...(await scopedTo(service, OWN, 'system/Patient.rs')), prefer: 'respond-async' };
    expect(verdict(await service.call(undefined, 'GET', '$export?_type=Observation', { headers }))).toEqual([
      403,
      'scope-forbidden',
    ]);
    const answer = await service.call(undefined, 'GET', '$export', { headers });
    const job = jobPath(service, answer);
    await startNow(service, job);
    const { body } = await ended<{ output: { type: string }[] }>(service, OWN, job);
    expect(new Set(body.output.map(({ type }) => type))).toEqual(new Set(['Patient']));
  });
});
