import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SID } from '../../../src/config/canonical.js';
import type { Caller } from '../../../src/access/caller.js';
import { everything, nextOf, openSearchFixture, type SearchFixture } from './search-fixture.js';

type Stored = Resource & { id: string };

let fixture: SearchFixture;

const patients: Stored[] = [
  {
    resourceType: 'Patient',
    id: 'p1',
    gender: 'female',
    birthDate: '1990-05-03',
    identifier: [{ system: SID.dni, value: '0801199000001' }],
    address: [{ city: 'Gracias' }],
    name: [{ family: 'López García', given: ['María', 'José'] }],
  },
  {
    resourceType: 'Patient',
    id: 'p2',
    gender: 'male',
    birthDate: '1990-05',
    identifier: [{ system: SID.dni, value: '0801199000002' }],
    name: [{ family: 'Núñez', given: ['Ángel'] }],
  },
  {
    resourceType: 'Patient',
    id: 'p3',
    gender: 'male',
    birthDate: '1985',
    identifier: [{ value: '0801199000001' }],
    name: [{ family: 'Garay', given: ['Juan, hijo'] }],
  },
];
const observation = (id: string, patient: string, code: string, more: object): Stored => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: `Patient/${patient}` },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  ...more,
});
const observations: Stored[] = [
  observation('o1', 'p1', '718-7', { effectiveDateTime: '2026-05-03T23:30:00-06:00' }),
  observation('o2', 'p1', '718-7', { effectiveDateTime: '2026-05-04' }),
  observation('o3', 'p1', '2345-7', { effectivePeriod: { start: '2026-05-01', end: '2026-05-10' } }),
  observation('o4', 'p2', '718-7', { effectivePeriod: { start: '2026-05-02' } }),
  observation('o5', 'p2', '718-7', { performer: [{ reference: 'Organization/h1' }] }),
];

beforeAll(async () => {
  fixture = await openSearchFixture();
  await fixture.load([...patients, ...observations]);
}, 60_000);
afterAll(() => fixture.close());

const found = async (path: string): Promise<string[]> => (await fixture.ids(path)).sort();

describe('search on one type', () => {
  it.each<[string, string[]]>([
    ['Patient?name=garcia', ['p1']],
    ['Patient?name=gar', ['p1', 'p3']],
    ['Patient?family=NUNEZ', ['p2']],
    ['Patient?name=gar&gender=male', ['p3']],
    ['Patient?given=mar&given=jos', ['p1']],
    ['Patient?given=maria,angel', ['p1', 'p2']],
    ['Patient?given=juan%5C, h', ['p3']],
    ['Patient?family:exact=Garay', ['p3']],
    ['Patient?family:exact=garay', []],
    ['Patient?family:exact=García', []],
    ['Patient?gender=male,female', ['p1', 'p2', 'p3']],
    ['Patient?identifier=0801199000001', ['p1', 'p3']],
    [`Patient?identifier=${SID.dni}|0801199000001`, ['p1']],
    ['Patient?identifier=|0801199000001', ['p3']],
    [`Patient?identifier=${SID.dni}|`, ['p1', 'p2']],
    ['Patient?_id=p1,p3,none', ['p1', 'p3']],
    ['Patient?birthdate=1990-05', ['p1', 'p2']],
    ['Patient?birthdate=1990-05-03', ['p1']],
    ['Patient?birthdate=lt1990', ['p3']],
    ['Patient?birthdate=ge1990-05-03', ['p1', 'p2']],
    ['Patient?birthdate=1985,1990-05-03', ['p1', 'p3']],
    ['Patient?_lastUpdated=lt2026-01-01T00:00:02.500Z', ['p1', 'p2']],
    ['Observation?patient=p1&code=718-7', ['o1', 'o2']],
    ['Observation?subject=Patient/p1&code=http://loinc.org|718-7,http://loinc.org|2345-7', ['o1', 'o2', 'o3']],
    ['Observation?subject:Patient=p1&code=other|718-7', []],
    ['Observation?patient=Patient/p1,Patient/p2&code=2345-7', ['o3']],
    ['Observation?date=2026-05-03', ['o1']],
    ['Observation?date=2026-05', ['o1', 'o2', 'o3']],
    ['Observation?date=sa2026-05-03', ['o2']],
    ['Observation?date=ge2026-05-04&date=le2026-05-04', ['o2', 'o3', 'o4']],
    ['Observation?performer=http://rr.test/fhir/Organization/h1', ['o5']],
    ['Observation?performer=h1', ['o5']],
  ])('%s', async (path, ids) => {
    expect(await found(path)).toEqual(ids);
  });

  it('sorts by declared keys, missing values first ascending and last descending', async () => {
    expect(await fixture.ids('Patient?_sort=name')).toEqual(['p3', 'p1', 'p2']);
    expect(await fixture.ids('Patient?_sort=-birthdate')).toEqual(['p1', 'p2', 'p3']);
    expect(await fixture.ids('Observation?_sort=date')).toEqual(['o5', 'o3', 'o4', 'o1', 'o2']);
    expect(await fixture.ids('Observation?_sort=-date')).toEqual(['o2', 'o1', 'o4', 'o3', 'o5']);
    expect(await fixture.ids('Observation?code=718-7&_sort=-date')).toEqual(['o2', 'o1', 'o4', 'o5']);
    await expect(fixture.ids('Patient?_sort=-gender')).rejects.toThrow('sort-unsupported');
  });

  it('counts', async () => {
    expect(await fixture.search('Observation?code=718-7&_summary=count')).toMatchObject({ total: 4 });
    expect(await fixture.search('Observation?_count=0')).toMatchObject({ total: 5 });
    const page = await fixture.search('Observation?_count=2&_total=accurate');
    expect([page.total, page.entry?.length]).toEqual([5, 2]);
    expect((await fixture.search('Observation?_count=2')).total).toBeUndefined();
  });

  it('links to itself and to the next page', async () => {
    const page = await fixture.search('Observation?code=718-7&_count=3');
    expect(page.link[0]).toEqual({ relation: 'self', url: 'http://rr.test/fhir/Observation?code=718-7&_count=3' });
    expect(page.link[1]).toEqual({ relation: 'first', url: page.link[0]?.url });
    expect(page.link[2]?.relation).toBe('next');
    expect(page.link[2]?.url).toMatch(/^http:\/\/rr\.test\/fhir\/Observation\?code=718-7&_count=3&_cursor=[\w-]+$/);
    const last = await fixture.search(nextOf(page)!);
    expect([last.entry?.length, nextOf(last)]).toEqual([1, undefined]);
  });

  it('refuses a page link of another caller', async () => {
    const page = await fixture.search('Observation?_count=2');
    const other: Caller = { ...everything, sub: 'somebody-else' };
    await expect(fixture.search(nextOf(page)!, other)).rejects.toThrow('cursor-invalid');
  });

  it('leaves an audit record of who asked what and what came out', async () => {
    await fixture.search('Observation?patient=p1&code=2345-7');
    expect(fixture.audits.at(-1)).toMatchObject({
      act: 'E',
      sub: 'search-type',
      who: 'conformance',
      pt: ['p1'],
      ent: ['Observation/o3'],
      q: 'Observation?patient=p1&code=2345-7',
    });
  });

  it('shows a facility what names it, before anything is counted', async () => {
    const clinician: Caller = {
      ...everything,
      sub: 'specialist.h1',
      role: 'specialist',
      actsAs: ['specialist'],
      facility: 'h1',
      facilities: ['h1'],
    };
    expect(await fixture.ids('Observation', clinician)).toEqual(['o5']);
    expect(await fixture.search('Observation?_summary=count', clinician)).toMatchObject({ total: 1 });
    expect(await fixture.ids('Observation?patient=p1', clinician)).toEqual([]);
    expect(await fixture.ids('Patient?name=garcia', clinician)).toEqual([]);
    // By whole identifier anybody is found, and shown no further than to be recognised.
    const stranger = (await fixture.search(`Patient?identifier=${SID.dni}|0801199000001`, clinician)).entry?.[0]
      ?.resource;
    expect(stranger).toMatchObject({ id: 'p1', birthDate: '1990-05-03' });
    expect(stranger).not.toHaveProperty('address');
  });
});
