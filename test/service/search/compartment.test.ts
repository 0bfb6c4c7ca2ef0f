import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SID } from '../../../src/config/canonical.js';
import type { Caller } from '../../../src/access/caller.js';
import { dispatch } from '../../../src/fhir/dispatch.js';
import type { FhirRequest } from '../../../src/fhir/exchange.js';
import { clerk1, GRAPH, patient1, specialist1 } from './referral-graph.js';
import { everything, openSearchFixture, type Searchset, type SearchFixture } from './search-fixture.js';

let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await openSearchFixture();
  await fixture.load(GRAPH);
}, 60_000);
afterAll(() => fixture.close());

async function search(
  address: string,
  caller: Caller = everything,
  method: FhirRequest['method'] = 'GET',
): Promise<Searchset> {
  const [path = '', query = ''] = address.replace('http://rr.test/fhir/', '').split('?');
  const request: FhirRequest = { method, id: 'r1', caller, query: [...new URLSearchParams(query)] };
  const { body = '' } = await dispatch(fixture.context, request, path);
  return JSON.parse(body) as Searchset;
}
const ids = async (address: string, caller?: Caller): Promise<string[]> =>
  ((await search(address, caller)).entry ?? []).map(({ resource }) => resource.id).sort();

describe('search within a compartment', () => {
  it.each<[string, string[]]>([
    ['Patient/p1/Observation', ['o1']],
    ['Patient/p1/Observation?code=718-7&date=2026', ['o1']],
    ['Patient/p1/Observation?code=other', []],
    ['Patient/p2/Task?_sort=-_id', ['t2', 't5']],
    ['Patient/p1/Patient', ['p1']],
    ['Patient/p1/Task?focus:ServiceRequest.code=a', ['t1']],
    ['Patient/p1/Task?patient=p2', []],
    ['Patient/nobody/Task', []],
  ])('%s', async (address, found) => {
    expect(await ids(address)).toEqual(found);
  });

  it('counts, pages and links at its own place', async () => {
    const first = await search('Patient/p2/Task?_count=1&_total=accurate');
    expect(first.total).toBe(2);
    const link = (page: Searchset, name: string): string =>
      page.link.find(({ relation }) => relation === name)?.url ?? '';
    expect(link(first, 'next')).toMatch(
      /^http:\/\/rr\.test\/fhir\/Patient\/p2\/Task\?_count=1&_total=accurate&_cursor=/,
    );
    const second = await search(link(first, 'next'));
    expect((await search(link(second, 'previous'))).entry).toEqual(first.entry);
    await expect(search(link(first, 'next').replace('p2', 'p1'))).rejects.toThrow('cursor-invalid');
    await expect(fixture.search(link(first, 'next').replace(/^.*\/Patient\/p2\//, ''))).rejects.toThrow(
      'cursor-invalid',
    );
    expect((await search('Patient/p2/Task/_search?_count=1', everything, 'POST')).entry).toHaveLength(1);
  });

  it('shows what the search on the type would', async () => {
    expect(await ids('Patient/p1/Observation', specialist1)).toEqual(['o1']);
    // p2 is not known at h1, which sees of p2 what names it.
    expect(await ids('Patient/p2/Task', specialist1)).toEqual(['t5']);
    expect(await ids('Patient/p2/Patient', specialist1)).toEqual([]);
    expect(await ids(`Patient/p2/Patient?identifier=${SID.dni}|2`, specialist1)).toEqual([]);
    expect(await ids('Patient/p1/Task', patient1)).toEqual(['t1']);
    expect(await ids('Patient/p2/Task', patient1)).toEqual([]);
    expect(await ids('Patient/p1/Task?_list=42', patient1)).toEqual([]);
    await expect(search('Patient/p1/Observation', clerk1)).rejects.toThrow('role-forbidden');
  });

  it('reads a page in order from the index of the compartment', async () => {
    const spied: unknown[] = [];
    const { store } = fixture.context;
    const find = store.find.bind(store);
    store.find = (type, filter, options) => {
      spied.push(filter, options.sort);
      return find(type, filter, options);
    };
    await search('Patient/p1/Task');
    store.find = find;
    expect(spied).toEqual([{ pt: 'p1' }, { 'k.modified': -1, _id: -1 }]);
  });

  it.each([
    ['Patient/p1/Organization', 404],
    ['Patient/p1/AuditEvent', 404],
    ['Patient/p1/Nada', 404],
    ['Patient/p_1/Task', 404],
    ['Organization/h1/Task', 404],
    ['Patient/p1/Task?nada=1', 400],
  ])('%s is refused', async (address, status) => {
    await expect(search(address)).rejects.toMatchObject({ status });
  });

  it('is recorded with its place', async () => {
    await search('Patient/p1/Observation?code=718-7');
    expect(fixture.audits.at(-1)).toMatchObject({
      sub: 'search-type',
      pt: ['p1'],
      ent: ['Observation/o1'],
      q: 'Patient/p1/Observation?code=718-7',
    });
  });
});
