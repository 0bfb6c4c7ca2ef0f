import type { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SID } from '../../../src/config/canonical.js';
import type { Filter } from '../../../src/store/write-plan.js';
import { clerk1, GRAPH, patient1, specialist1, specialist2 } from './referral-graph.js';
import { everything, openSearchFixture, type SearchFixture } from './search-fixture.js';

let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await openSearchFixture();
  await fixture.load(GRAPH);
}, 60_000);
afterAll(() => fixture.close());
afterEach(() => {
  vi.restoreAllMocks();
});

const found = async (path: string, caller = everything): Promise<string[]> => (await fixture.ids(path, caller)).sort();

const CHAINS: readonly (readonly [string, readonly string[]])[] = [
  [`ServiceRequest?subject:Patient.identifier=${SID.dni}|1`, ['s1']],
  ['ServiceRequest?subject:Patient.name=lopez', ['s1', 's2']],
  ['ServiceRequest?subject.name=l', ['s1', 's2', 's3']],
  // Patient and Location both have a name.
  ['ServiceRequest?subject.name=sala', ['s3']],
  ['ServiceRequest?subject:Location.name=sala', ['s3']],
  ['ServiceRequest?patient.family:exact=López&status=active', ['s1', 's2']],
  ['ServiceRequest?patient.birthdate=lt1985', ['s2']],
  ['ServiceRequest?patient.birthdate=ge1985-01-01,1980', ['s1', 's2']],
  ['ServiceRequest?patient._id=p1', ['s1']],
  ['ServiceRequest?patient._lastUpdated=ge2100', []],
  ['ServiceRequest?subject:Patient.general-practitioner.name=zelaya', ['s1', 's2']],
  ['ServiceRequest?patient.general-practitioner.name=hospital', ['s1']],
  ['ServiceRequest?patient.general-practitioner:Organization.identifier=urn:rups|1', ['s1']],
  ['Task?focus:ServiceRequest.subject:Patient.name=angel', ['t2', 't5']],
  ['Task?focus:ServiceRequest.code=a', ['t1']],
  ['Task?focus.intent=order', ['t1', 't2', 't5']],
  ['Task?part-of.part-of.focus:ServiceRequest.code=a', ['t3']],
  ['Task?owner:Organization.partof.name=uno', ['t1', 't2']],
  ['Observation?patient.name=lopez&patient.birthdate=1990-05-03', ['o1']],
  ['Task?patient.name=nobody', []],
  ['Patient?_has:Observation:patient:code=718-7', ['p1', 'p2']],
  ['Patient?_has:Observation:subject:date=ge2026-06', ['p2']],
  ['Patient?_has:ServiceRequest:patient:_has:Task:focus:status=requested', ['p1', 'p2']],
  ['Patient?_has:Task:patient:status=completed&_has:Observation:patient:code=718-7', ['p2']],
  ['Patient?_has:Task:patient:owner.name=uno', ['p2']],
  ['Task?patient._has:Observation:patient:date=2026-06-03', ['t2', 't5']],
  ['Organization?_has:Task:owner:patient.name=maria', ['h2']],
  ['Observation?_has:Condition:evidence-detail:code=x', ['o1']],
  ['Patient?_list=42', ['p1']],
  ['Task?_list=42', ['t1']],
  ['Patient?_list=42,43', ['p1', 'p3']],
  ['Patient?_list=44', []],
];

describe('chains, _has and _list', () => {
  it.each(CHAINS)('%s', async (path, ids) => {
    expect(await found(path)).toEqual(ids);
  });

  it.each([
    ['ServiceRequest?subject.nada=1', 'subject.nada'],
    ['ServiceRequest?subject:Patient.nada=1', '"nada" does not exist on Patient'],
    ['ServiceRequest?subject:Device.name=1', 'modifier-unsupported'],
    ['ServiceRequest?code.name=1', 'code.name'],
    ['ServiceRequest?Subject.name=1', 'Subject.name'],
    ['ServiceRequest?subject.Name=1', 'subject.Name'],
    ['ServiceRequest?subject:Patient._sort=name', '_sort'],
    ['ServiceRequest?subject:Patient._include=Patient:link', 'include-unknown|parameter-unknown'],
    ['ServiceRequest?subject:Patient.birthdate=May', 'birthdate'],
    ['ServiceRequest?subject:Patient.name:nada=x', 'modifier-unsupported'],
    ['ServiceRequest?subject:Patient.=x', 'parameter-unknown'],
    ['ServiceRequest?.name=x', 'parameter-unknown'],
    ['Task?part-of.part-of.part-of.part-of.part-of.status=requested', 'more than 4 links'],
    ['Task?focus.based-on.status=active', 'say the type'],
    ['Patient?_has:Observation:patient=1', 'parameter-unknown'],
    ['Patient?_has:Observation:nada:code=1', '_has:Observation:nada:code'],
    ['Patient?_has:Observation:patient:nada=1', 'nada'],
    ['Patient?_has:Nada:patient:code=1', '_has:Nada:patient:code'],
    ['Patient?_has:Observation:performer:code=', 'is empty'],
    ['Organization?_has:Observation:patient:code=1', '_has:Observation:patient:code'],
    ['Patient?_has:AuditEvent:patient:action=R', '_has:AuditEvent'],
    ['AuditEvent?patient.name=x', 'patient.name'],
    ['Patient?_list=$current-problems', 'functional lists'],
    ['Patient?_list=', '_list'],
    ['Patient?_has=1', 'parameter-unknown'],
  ])('%s is refused and named', async (path, words) => {
    await expect(fixture.search(path)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(new RegExp(words.replace(/[$.]/g, '\\$&'))) as unknown,
    });
  });

  it('refuses parameters in the wrong case instead of finding everything', async () => {
    for (const path of [
      'Patient?Name=x',
      'Patient?NAME=x',
      'Patient?_ID=p1',
      'Patient?_Has:Observation:patient:code=x',
    ])
      await expect(fixture.search(path)).rejects.toMatchObject({ status: 400, code: 'parameter-unknown' });
  });

  it('counts, sorts and pages what a chain finds', async () => {
    expect((await fixture.search('ServiceRequest?subject:Patient.name=lopez&_summary=count')).total).toBe(2);
    expect(await fixture.ids('ServiceRequest?subject:Patient.name=lopez&_sort=_id')).toEqual(['s1', 's2']);
    const page = await fixture.search('Patient?_has:Observation:patient:code=718-7&_count=1&_total=accurate');
    expect([page.total, page.entry?.length]).toEqual([2, 1]);
  });
});

describe('the policy at every link', () => {
  it.each([
    // p2 is not known at h1: a task that h1 sees is not found over what p2 is.
    ['Task?_id=t5', ['t5']],
    ['Task?patient.name=angel', []],
    [`Task?patient.identifier=${SID.dni}|2`, []],
    [`Task?subject:Patient.identifier=${SID.dni}|2`, []],
    [`Task?_id=t5&patient.identifier=${SID.dni}|2`, []],
    ['Task?focus:ServiceRequest.code=b', []],
    ['Task?focus:ServiceRequest.subject:Patient.name=angel', []],
    [`Patient?identifier=${SID.dni}|2`, ['p2']],
    [`Patient?identifier=${SID.dni}|2&_has:Task:patient:status=requested`, []],
    ['Patient?_has:Task:patient:status=requested', []],
    [`Patient?identifier=${SID.dni}|2&general-practitioner.name=zelaya`, []],
    [`Patient?identifier=${SID.dni}|2&_list=43`, []],
    // What is known of p1 counts although h2 wrote it.
    [`Observation?patient.identifier=${SID.dni}|1`, ['o1']],
    ['Patient?_id=p1&_has:Observation:patient:code=718-7', ['p1']],
    ['Observation?patient=p1&patient.name=lopez', ['o1']],
    // Across patients only what names the facility does.
    ['Patient?_has:Observation:patient:code=718-7', []],
    ['Patient?_has:ServiceRequest:patient:code=a', ['p1']],
  ])('%s, asked by a specialist of h1', async (path, ids) => {
    expect(await found(path, specialist1)).toEqual(ids);
    expect((await fixture.search(`${path}&_summary=count`, specialist1)).total).toBe(ids.length);
  });

  it('answers the same of a person out of reach and of one who does not exist', async () => {
    const about = async (dni: string): Promise<unknown> => {
      const bundle = await fixture.search(`Task?patient.identifier=${SID.dni}|${dni}&_total=accurate`, specialist1);
      return JSON.parse(JSON.stringify(bundle).replaceAll(`%7C${dni}`, '%7C?'));
    };
    expect(await about('2')).toEqual(await about('999'));
  });

  it('keeps a patient within their own record', async () => {
    expect(await found('Task?patient.name=lopez', patient1)).toEqual(['t1']);
    expect(await found('Patient?_has:Observation:patient:code=718-7', patient1)).toEqual(['p1']);
    expect(await found('Task?focus:ServiceRequest.code=b', patient1)).toEqual([]);
    expect(await found('ServiceRequest?patient.general-practitioner.name=zelaya', patient1)).toEqual(['s1']);
  });

  it('finds nothing of a patient whose relation has ended', async () => {
    const rel = [{ f: 'h2', k: 'encounter', u: new Date('2020-01-01') }];
    const patients = fixture.connection.collection<{ _id: string }>('Patient');
    await patients.updateOne({ _id: 'p2' }, { $set: { rel } });
    expect(await found('Task?patient.name=angel', specialist2)).toEqual([]);
    await patients.updateOne({ _id: 'p2' }, { $unset: { rel: 1 } });
    expect(await found('Task?patient.name=angel', specialist2)).toEqual(['t2', 't5']);
  });

  it('refuses a role or token that may never search the linked type', async () => {
    await expect(fixture.search('Patient?_has:Observation:patient:code=718-7', clerk1)).rejects.toThrow(
      'role-forbidden',
    );
    const narrow = { ...specialist1, scope: 'system/Task.rs' };
    await expect(fixture.search('Task?patient.name=lopez', narrow)).rejects.toThrow('scope-forbidden');
    expect(await found('Task?status=completed', narrow)).toEqual([]);
  });
});

describe('what a chain costs', () => {
  const explained = async (type: string, filter: Filter): Promise<string> => {
    const plan: mongo.Document = await fixture.context.store.explain(type, filter, { limit: 10 });
    return JSON.stringify(plan['queryPlanner']);
  };

  it.each(CHAINS.map(([path]) => [path]))('%s uses an index at every link', async (path) => {
    const { store } = fixture.context;
    const links = vi.spyOn(store, 'findLinks');
    const rows = vi.spyOn(store, 'find');
    await fixture.search(path);
    expect(links.mock.calls.length).toBeGreaterThan(0);
    for (const [type, filter] of [...links.mock.calls, ...rows.mock.calls])
      expect([type, filter, (await explained(type, filter)).includes('COLLSCAN')]).toEqual([type, filter, false]);
  });

  it.each([
    ['ServiceRequest?subject:Patient.name=lopez', 2],
    ['Task?focus:ServiceRequest.subject:Patient.name=angel', 3],
    ['Patient?_has:Observation:patient:code=718-7&_total=accurate', 3],
    ['Task?owner=Organization/h2&patient=p1', 1],
  ])('%s takes %d statements', async (path, statements) => {
    const { store } = fixture.context;
    const spies = (['findLinks', 'find', 'heads', 'count', 'readMany', 'read'] as const).map((name) =>
      vi.spyOn(store, name),
    );
    await fixture.search(path);
    expect(spies.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(statements);
  });

  it('asks the compartment where the patients of a link are known', async () => {
    const rows = vi.spyOn(fixture.context.store, 'find');
    await fixture.search(`Observation?subject:Patient.identifier=${SID.dni}|1`);
    expect(JSON.stringify(rows.mock.calls[0]?.[1])).toContain('"pt":"p1"');
  });

  it('is recorded with the question', async () => {
    await fixture.search('Patient?_has:Observation:patient:code=718-7');
    expect(fixture.audits.at(-1)).toMatchObject({
      q: 'Patient?_has%3AObservation%3Apatient%3Acode=718-7',
      pt: ['p2', 'p1'],
    });
  });
});
