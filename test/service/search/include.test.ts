import type { Resource } from '@medplum/fhirtypes';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SID } from '../../../src/config/canonical.js';
import { SEARCH_LIMITS } from '../../../src/fhir/search/limits.js';
import { clerk1, GRAPH, patient1, specialist1 } from './referral-graph.js';
import { everything, openSearchFixture, type SearchFixture, shownAs } from './search-fixture.js';

let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await openSearchFixture();
  await fixture.load(GRAPH);
}, 60_000);
afterAll(() => fixture.close());
afterEach(() => {
  vi.restoreAllMocks();
});

const included = async (path: string, caller = everything): Promise<string[]> =>
  shownAs(await fixture.search(path, caller), 'include');

describe('_include and _revinclude', () => {
  it.each<[string, string[]]>([
    ['Task?_id=t1&_include=Task:focus', ['ServiceRequest/s1']],
    // By version, by an absolute URL of this server, and not into what is contained.
    ['Task?_id=t1,t2,t4&_include=Task:focus:ServiceRequest', ['ServiceRequest/s1', 'ServiceRequest/s2']],
    ['Task?_id=t4&_include=Task:focus', []],
    ['Task?_id=t1&_include=Task:focus:Patient', []],
    ['Task?_id=t1&_include=Task:focus&_include=Task:owner', ['Organization/h2', 'ServiceRequest/s1']],
    ['Patient?_id=p1&_include=Patient:general-practitioner', ['Organization/h1', 'Practitioner/d1']],
    ['Patient?_id=p1&_include=Patient:general-practitioner:Practitioner', ['Practitioner/d1']],
    ['Patient?_id=p1&_revinclude=Task:patient', ['Task/t1']],
    ['Patient?_id=p1&_revinclude=Observation:subject:Patient', ['Observation/o1']],
    [
      'Task?_id=t1&_include=Task:focus&_include:iterate=ServiceRequest:patient&_include:iterate=Patient:organization',
      ['Organization/h1', 'Patient/p1', 'ServiceRequest/s1'],
    ],
    ['Task?_id=t4&_include=Task:part-of', ['Task/t3']],
    ['Task?_id=t4&_include:iterate=Task:part-of', ['Task/t1', 'Task/t2', 'Task/t3']],
    ['Task?_id=t1&_revinclude:iterate=Task:part-of', ['Task/t2', 'Task/t3', 'Task/t4']],
    // A match does not come again.
    ['Task?_id=t3,t4&_include=Task:part-of', ['Task/t2']],
    ['Patient?_id=p1&_revinclude=Task:patient&_revinclude:iterate=Provenance:target', ['Task/t1']],
    [
      'ServiceRequest?_id=s1&_revinclude=Task:focus&_include=ServiceRequest:patient&_revinclude:iterate=Condition:patient',
      ['Condition/c1', 'Patient/p1', 'Task/t1'],
    ],
    ['Task?status=cancelled&_include=Task:focus', []],
  ])('%s', async (path, resources) => {
    expect(await included(path)).toEqual(resources);
  });

  it.each([
    ['Task?_include=*', '_include=*'],
    ['Task?_revinclude=*', '_revinclude=*'],
    ['Task?_include=Task:*', '_include=Task:*'],
    ['Task?_include=Task:nada', '_include=Task:nada'],
    ['Task?_include=Task:status', '_include=Task:status'],
    ['Task?_include=Task:focus:Device', '_include=Task:focus:Device'],
    ['Task?_include=Task:focus:Task:x', '_include=Task:focus:Task:x'],
    ['Task?_include=Patient:organization', '_include=Patient:organization'],
    ['Task?_include=task:focus', '_include=task:focus'],
    ['Task?_revinclude=Patient:organization', '_revinclude=Patient:organization'],
    ['Task?_revinclude=AuditEvent:entity', '_revinclude=AuditEvent:entity'],
    ['Task?_include=', '_include='],
    ['AuditEvent?_include=AuditEvent:patient', 'parameter-unknown'],
    ['Task?_include:recurse=Task:focus', 'modifier-unsupported'],
    ['Task?_include:iterate:x=Task:focus', 'modifier-unsupported'],
    ['Task?_Include=Task:focus', 'parameter-unknown'],
    ['Task?_summary=text&_include=Task:focus', '_summary'],
    [`Task?${Array.from({ length: 11 }, () => '_include=Task:focus').join('&')}`, 'more than 10'],
  ])('%s is refused and named', async (path, words) => {
    await expect(fixture.search(path)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(words) as unknown,
    });
  });

  it('counts matches only, and pages with includes', async () => {
    const page = await fixture.search('Task?_include=Task:focus&_count=2&_sort=_id&_total=accurate');
    expect([page.total, shownAs(page, 'match'), shownAs(page, 'include')]).toEqual([
      5,
      ['Task/t1', 'Task/t2'],
      ['ServiceRequest/s1', 'ServiceRequest/s2'],
    ]);
    expect(page.entry?.find(({ search }) => search.mode === 'include')?.fullUrl).toMatch(
      /^http:\/\/rr\.test\/fhir\/ServiceRequest\/s\d$/,
    );
  });

  it('takes one statement for each type of a level', async () => {
    const rows = vi.spyOn(fixture.context.store, 'find');
    await fixture.search('Task?_include=Task:focus&_include=Task:patient&_include:iterate=ServiceRequest:requester');
    // The page; requests and patients; the facility.
    expect(rows.mock.calls.map(([type]) => type)).toEqual(['Task', 'ServiceRequest', 'Patient', 'Organization']);
  });

  it('is recorded with the patients it shows', async () => {
    await fixture.search('Organization?_id=h2&_revinclude=Task:owner');
    expect(fixture.audits.at(-1)).toMatchObject({
      ent: ['Organization/h2', 'Task/t2', 'Task/t1'],
      pt: ['p2', 'p1'],
    });
  });
});

describe('includes and who asks', () => {
  it.each<[string, string[]]>([
    // t5 names h1, its patient and its request do not.
    ['Task?_id=t5&_include=Task:patient&_include=Task:focus&_include=Task:owner', ['Organization/h1']],
    ['Patient?_id=p1&_revinclude=Observation:patient&_revinclude=Task:patient', ['Observation/o1', 'Task/t1']],
    ['Organization?_id=h2&_revinclude=Task:owner&_revinclude=Observation:performer', []],
    ['Organization?_id=h2&_revinclude=ServiceRequest:performer', ['ServiceRequest/s1']],
    // A stranger found by identifier leads nowhere.
    [`Patient?identifier=${SID.dni}|2&_include=Patient:general-practitioner`, []],
    [`Patient?identifier=${SID.dni}|2&_revinclude=Task:patient`, []],
    [`Patient?identifier=${SID.dni}|1&_include=Patient:organization`, ['Organization/h1']],
  ])('%s, asked by a specialist of h1', async (path, resources) => {
    expect(await included(path, specialist1)).toEqual(resources);
  });

  it('keeps a role, a token and a patient within what they may read', async () => {
    expect(await included('Patient?_id=p1&_revinclude=Observation:patient&_revinclude=Task:patient', clerk1)).toEqual([
      'Task/t1',
    ]);
    const narrow = { ...specialist1, scope: 'system/Patient.rs system/Task.s' };
    expect(await included('Patient?_id=p1&_revinclude=Task:patient', narrow)).toEqual([]);
    expect(await included('Organization?_id=h2&_revinclude=Task:owner', patient1)).toEqual(['Task/t1']);
  });
});

describe('more than a page includes', () => {
  const MANY = SEARCH_LIMITS.included + 5;
  const task = (number: number, owner: string): Resource & { id: string } => ({
    resourceType: 'Task',
    id: `${owner}-${number}`,
    status: 'draft',
    intent: 'order',
    owner: { reference: `Organization/${owner}` },
    requester: { reference: 'Organization/big' },
  });

  beforeAll(async () => {
    await fixture.load([{ resourceType: 'Organization', id: 'big', name: 'Grande' }]);
    await fixture.load(Array.from({ length: MANY }, (_, number) => task(number, 'big')));
    await fixture.load(Array.from({ length: 3 }, (_, number) => task(number, 'h1')));
  });

  it('is cut, and the page says so', async () => {
    const page = await fixture.search('Organization?_id=big&_revinclude=Task:owner');
    expect(shownAs(page, 'include')).toHaveLength(SEARCH_LIMITS.included);
    expect(page.entry?.at(-1)).toMatchObject({
      search: { mode: 'outcome' },
      resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'too-costly' }] },
    });
    expect(page.entry?.at(-1)).not.toHaveProperty('fullUrl');
  });

  it('is not cut by what the caller may not see', async () => {
    const page = await fixture.search('Organization?_id=big&_revinclude=Task:requester', specialist1);
    expect(shownAs(page, 'include')).toEqual(['Task/h1-0', 'Task/h1-1', 'Task/h1-2']);
    expect(page.entry?.every(({ search }) => search.mode !== 'outcome')).toBe(true);
  });
});
