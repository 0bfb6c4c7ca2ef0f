import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEARCH_LIMITS } from '../../../src/fhir/search/limits.js';
import { parseSearch } from '../../../src/fhir/search/parse.js';
import { planSearch } from '../../../src/fhir/search/plan.js';
import type { Filter } from '../../../src/store/write-plan.js';
import { openSearchFixture, type SearchFixture } from './search-fixture.js';

type Stored = Resource & { id: string };

const ROWS = SEARCH_LIMITS.candidates + 2_000;
const PAGE = SEARCH_LIMITS.defaultCount + 1;
let fixture: SearchFixture;

/** 76 % García, 12 % López, the rest rare surnames, spread over the whole collection. */
const surname = (number: number): string => {
  const share = (number * 37) % 100;
  return share < 76 ? 'García' : share < 88 ? 'López' : `Zelaya${number}`;
};
const patient = (number: number): Stored => ({
  resourceType: 'Patient',
  id: `p${number}`,
  name: [{ family: surname(number), given: ['Ana'] }],
  birthDate: `${1930 + (number % 90)}-0${(number % 9) + 1}-15`,
  identifier: [{ system: 'urn:dni', value: String(number) }],
});
const task = (number: number): Stored => ({
  resourceType: 'Task',
  id: `t${number}`,
  status: number % 10 === 0 ? 'requested' : 'completed',
  intent: 'order',
  owner: { reference: `Organization/h${number % 7}` },
  lastModified: new Date(1_770_000_000_000 + ((number * 7_919) % ROWS) * 1_000_000).toISOString(),
});

beforeAll(async () => {
  fixture = await openSearchFixture();
  for (let start = 0; start < ROWS; start += 2_000) {
    const numbers = Array.from({ length: 2_000 }, (_, index) => start + index);
    await fixture.load([...numbers.map(patient), ...numbers.map(task)]);
  }
}, 180_000);
afterAll(() => fixture.close());

async function examined(path: string, reach: Filter = {}): Promise<number> {
  const [type = '', query = ''] = path.split('?');
  const plan = planSearch(parseSearch(fixture.context.definitions, type, [...new URLSearchParams(query)]), reach);
  const { executionStats } = (await fixture.context.store.explain(type, plan.filter, {
    sort: plan.sort,
    limit: PAGE,
  })) as {
    executionStats: { totalDocsExamined: number };
  };
  return executionStats.totalDocsExamined;
}

describe('searches among more rows than may be sorted', () => {
  it.each<[string, number]>([
    ['Patient?family=garcia', 200],
    ['Patient?family=lopez', 600],
    ['Patient?family=zelaya12', 200],
    ['Patient?family=garcia&given=an', 200],
    ['Patient?birthdate=1985', 1_000],
    ['Patient?birthdate=ge2015', 1_500],
    ['Patient?identifier=urn:dni|77', 1],
    ['Task?status=completed', 70],
    ['Task?status=requested&owner=Organization/h3', 70],
    ['Task?status=requested,completed&owner=Organization/h3&_sort=-modified', 140],
    ['Task?status=requested,completed&owner=Organization/h3&_sort=modified', 140],
    ['Task?modified=ge2026-06-20&_sort=-_lastUpdated', 1_500],
    ['Task?modified=2026-03-01', 500],
    ['Task?modified=ge2027', 200],
    ['Task?modified=lt2026-02-03', 600],
  ])('%s examines at most %d documents', async (path, most) => {
    expect(await examined(path)).toBeLessThanOrEqual(most);
  });

  it.each(['Patient?_sort=name', 'Task?status=completed&_sort=priority'])(
    '%s is refused, with advice',
    async (path) => {
      await expect(fixture.search(path)).rejects.toThrow(/too-costly.*sort by/);
    },
  );

  it('sorts what is within the cap', async () => {
    expect(await fixture.ids('Patient?family=zelaya&_sort=family&_count=2')).toEqual(['p10008', 'p10016']);
  });

  it('reads the last of many pages as cheaply as the first', async () => {
    const query = 'status=completed&_sort=-modified';
    const plan = planSearch(parseSearch(fixture.context.definitions, 'Task', [...new URLSearchParams(query)]), {});
    const { afterPosition, positionOf } = await import('../../../src/fhir/search/keyset.js');
    const [far] = (
      await fixture.context.store.find('Task', plan.filter, { sort: { 'k.modified': 1 }, limit: 50 })
    ).slice(-1);
    const filter = { $and: [plan.filter, afterPosition(plan.sort, positionOf(plan.sort, far!))] };
    const { executionStats } = (await fixture.context.store.explain('Task', filter, {
      sort: plan.sort,
      limit: PAGE,
    })) as {
      executionStats: { totalDocsExamined: number };
    };
    expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(3 * PAGE);
  });
});
