import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry, Observation, Patient } from '@medplum/fhirtypes';
import { historyReach } from '../../../src/fhir/interactions/history-reach.js';
import { versionFilter } from '../../../src/fhir/interactions/history-page.js';
import type { Caller } from '../../../src/access/caller.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { HistoryEntry } from '../../../src/store/envelope.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { created, facilityOf, scopedTo, verdict } from '../policy/policy-fixture.js';

const names = (answer: Answer<Bundle>): string[] =>
  (answer.body.entry ?? []).map(({ fullUrl, response }) => `${fullUrl?.split('/').at(-1)} ${response?.etag}`);

describe('history of a type and of the system', () => {
  let service: TestService;
  const as = 'conformance';
  const origin = 'clinician.uaps1';
  const hospital = 'specialist.hosp1';
  let mine: Patient & { id: string };
  let theirs: Patient & { id: string };
  let weight: Observation & { id: string };

  const history = (path: string, who: string = as, headers: Record<string, string> = {}): Promise<Answer<Bundle>> =>
    service.call<Bundle>(who, 'GET', path, { headers });
  const next = (answer: Answer<Bundle>): string | undefined =>
    answer.body.link?.find(({ relation }) => relation === 'next')?.url.slice(service.base.length + 1);

  beforeAll(async () => {
    service = await startService();
    mine = await created(service, origin, { resourceType: 'Patient', name: [{ family: 'Mía' }] });
    theirs = await created(service, hospital, { resourceType: 'Patient', name: [{ family: 'Suya' }] });
    weight = await created(service, origin, {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Peso' },
      subject: { reference: `Patient/${mine.id}` },
    });
    await service.call(origin, 'PUT', `Observation/${weight.id}`, { body: { ...weight, status: 'amended' } });
    await service.call(origin, 'DELETE', `Observation/${weight.id}`);
  }, 60_000);
  afterAll(() => service.stop());

  it('shows versions newest first, deletions as entries without resource', async () => {
    const answer = await history('Observation/_history');
    expect(answer.body.type).toBe('history');
    expect(answer.body).not.toHaveProperty('total');
    const shown = (entry: BundleEntry): unknown[] => [
      entry.request?.method,
      entry.request?.url,
      entry.response?.status,
      entry.resource?.meta?.versionId,
    ];
    const at = `Observation/${weight.id}`;
    expect(answer.body.entry?.map(shown)).toEqual([
      ['DELETE', at, '204 No Content', undefined],
      ['PUT', at, '200 OK', '2'],
      ['POST', 'Observation', '201 Created', '1'],
    ]);
  });

  it('is filtered by the reach of the caller, and strangers see nothing', async () => {
    const patients = async (who: string): Promise<string[]> =>
      ((await history('Patient/_history?_count=500', who)).body.entry ?? []).map(({ resource }) => resource?.id ?? '');
    expect(await patients(origin)).toContain(mine.id);
    expect(await patients(origin)).not.toContain(theirs.id);
    expect(await patients(hospital)).toContain(theirs.id);
    expect(await patients(hospital)).not.toContain(mine.id);
    expect(await patients(as)).toEqual(expect.arrayContaining([mine.id, theirs.id]));
    expect(names(await history('Observation/_history', hospital))).toEqual([]);
    expect(names(await history('Observation/_history', origin))).toHaveLength(3);
    const patient = (await history('_history?_count=500', 'patient.1')).body.entry ?? [];
    const own = (await service.call<Bundle>('patient.1', 'GET', 'Patient')).body.entry?.[0]?.resource?.id;
    for (const { resource } of patient) if (resource?.resourceType === 'Patient') expect(resource.id).toBe(own);
    expect(verdict(await history('Observation/_history', 'statistics'))).toEqual([403, 'role-forbidden']);
  });

  it('judges old versions by today: what is out of reach now is not seen', async () => {
    const facility = await facilityOf(service, hospital);
    const encounter = await created(service, as, {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: `Patient/${mine.id}` },
      participant: [{ individual: { display: 'x' } }],
      hospitalization: { destination: { reference: `Organization/${facility}` } },
      serviceProvider: { reference: `Organization/${await facilityOf(service, origin)}` },
    });
    // A first version that named the hospital, written as such rows are.
    await service.db.collection<HistoryEntry>('history').updateOne({ _id: `Encounter/${encounter.id}/1` }, {
      $addToSet: { acc: facility },
    } as mongo.UpdateFilter<HistoryEntry>);
    expect((await history(`Encounter/${encounter.id}/_history/1`, hospital)).status).toBe(404);
    expect(names(await history('Encounter/_history', hospital))).toEqual([]);
    expect(names(await history('Encounter/_history', origin))).toHaveLength(1);
  });

  it('walks all pages once, while more is written, with cursors of this caller and query only', async () => {
    const whole = names(await history('_history?_count=500'));
    const walked: string[] = [];
    let page: string | undefined = '_history?_count=7';
    const first = await history(page);
    for (; page !== undefined;) {
      const answer: Answer<Bundle> = await history(page);
      walked.push(...names(answer));
      if (walked.length === 7) await created(service, as, { resourceType: 'Patient', gender: 'male' });
      page = walked.length >= 70 ? undefined : next(answer);
    }
    expect(walked.slice(0, 70)).toEqual(whole.slice(0, walked.length));
    expect(new Set(walked).size).toBe(walked.length);
    const link = next(first) ?? '';
    expect(verdict(await history(link, origin))).toEqual([400, 'cursor-invalid']);
    expect(verdict(await history(link.replace('_count=7', '_count=8')))).toEqual([400, 'cursor-invalid']);
    expect(verdict(await history('_history?_cursor=abc'))).toEqual([400, 'cursor-invalid']);
  });

  it('bounds by _since and by _at', async () => {
    const versions = await service.db
      .collection<HistoryEntry>('history')
      .find({ type: 'Observation', id: weight.id })
      .sort({ vid: 1 })
      .toArray();
    const [one, two, three] = versions.map(({ lu }) => lu.toISOString());
    const ask = async (path: string): Promise<string[]> =>
      names(await history(path)).map((name) => name.replace(/.* W/, 'W'));
    for (const place of ['Observation/_history', `Observation/${weight.id}/_history`]) {
      expect(await ask(`${place}?_since=${two}`)).toEqual(['W/"3"', 'W/"2"']);
      expect(await ask(`${place}?_at=${two}`)).toEqual(['W/"2"']);
      const between = new Date(Date.parse(two ?? '') - 1).toISOString();
      expect(await ask(`${place}?_at=${between}`)).toEqual(['W/"1"']);
      expect(await ask(`${place}?_at=${three}`)).toEqual(['W/"3"']);
      expect(await ask(`${place}?_at=${new Date(Date.parse(one ?? '') - 1).toISOString()}`)).toEqual([]);
      expect(await ask(`${place}?_at=${(one ?? '').slice(0, 4)}`)).toEqual(['W/"3"', 'W/"2"', 'W/"1"']);
      expect(await ask(`${place}?_since=2100`)).toEqual([]);
    }
  });

  it.each([
    ['_sort=-_lastUpdated', 'parameter-unknown'],
    ['_since=ayer', 'parameter-value'],
    ['_at=2026-13', 'parameter-value'],
    ['_count=x', 'parameter-value'],
    ['_count=1&_count=2', 'parameter-value'],
    ['name=x', 'parameter-unknown'],
  ])('refuses %s', async (query, code) => {
    for (const place of ['_history', 'Patient/_history', `Patient/${mine.id}/_history`])
      expect(verdict(await history(`${place}?${query}`))).toEqual([400, code]);
  });

  it('shows of the system what the token allows, and audits each page with what was seen', async () => {
    const headers = await scopedTo(service, 'system.uaps1', 'system/Observation.s');
    const answer = await service.call<Bundle>(undefined, 'GET', '_history?_count=2', { headers });
    expect(names(answer)).toEqual([`${weight.id} W/"3"`, `${weight.id} W/"2"`]);
    const records = await service.db
      .collection<AuditRecord>('audit')
      .find({ req: answer.headers.get('x-request-id') ?? '' })
      .toArray();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      act: 'R',
      sub: 'history-system',
      pt: [mine.id],
      ent: [`Observation/${weight.id}/_history/3`, `Observation/${weight.id}/_history/2`],
    });
    const none = await scopedTo(service, 'system.uaps1', 'system/Observation.r');
    expect(verdict(await service.call(undefined, 'GET', '_history', { headers: none }))).toEqual([
      403,
      'role-forbidden',
    ]);
  });

  it('reads little more than its page, from an index, for every reach', async () => {
    const facility = await facilityOf(service, origin);
    const caller = (about: Partial<Caller>): Caller => ({
      sub: 'x',
      clientId: 'x',
      role: 'conformance',
      actsAs: [],
      facilities: [],
      scope: '',
      purpose: 'TREAT',
      displayName: '',
      ...about,
    });
    const rows = Array.from({ length: 3_000 }, (_, index): HistoryEntry => {
      const id = `h${index}`;
      return {
        _id: `Condition/${id}/1`,
        b: '0000',
        type: 'Condition',
        id,
        vid: 1,
        lu: new Date(1_600_000_000_000 + index),
        method: 'POST',
        pt: index % 100 === 0 ? mine.id : 'other',
        acc: [index % 2 === 0 ? facility : 'other'],
        lab: [],
        req: 'r',
        json: '{}',
      };
    });
    await service.db.collection<HistoryEntry>('history').insertMany(rows);
    const everyType = service.context.definitions.resourceTypes.filter((type) => type !== 'AuditEvent');
    const callers = [
      caller({}),
      caller({ role: 'clinician', facilities: [facility] }),
      caller({ role: 'manager', facilities: Array.from({ length: 60 }, (_, index) => `f${index}`).concat(facility) }),
      caller({ role: 'patient', patient: mine.id }),
    ];
    const after = { lu: new Date(1_600_000_002_000), name: 'Condition/h2000/1' };
    for (const one of callers)
      for (const types of [['Condition'], everyType])
        for (const position of [undefined, after])
          for (const reach of historyReach(one, types)) {
            const filter = versionFilter(reach.filter, { count: 20, parameters: [] }, position);
            const explained = await service.db
              .collection('history')
              .find(filter)
              .sort({ lu: -1, _id: -1 })
              .limit(21)
              .hint(reach.index)
              .explain('executionStats');
            const plan = JSON.stringify(explained['queryPlanner'].winningPlan);
            const about = [one.role, types.length, position !== undefined];
            expect([...about, /COLLSCAN|"SORT"/.test(plan)]).toEqual([...about, false]);
            expect([...about, explained['executionStats'].totalDocsExamined <= 120]).toEqual([...about, true]);
          }
  });
});
