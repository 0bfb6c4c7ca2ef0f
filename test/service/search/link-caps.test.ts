import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEARCH_LIMITS } from '../../../src/fhir/search/limits.js';
import { specialist1 } from './referral-graph.js';
import { openSearchFixture, type SearchFixture } from './search-fixture.js';

type Stored = Resource & { id: string };

const MANY = SEARCH_LIMITS.linkRows + 10;
const MINE = 3;
let fixture: SearchFixture;

/** All of one name, the first few known at h1. */
const patient = (number: number): Stored => ({
  resourceType: 'Patient',
  id: `p${number}`,
  name: [{ family: 'Zúniga' }],
  gender: number < 20 ? 'female' : 'male',
  managingOrganization: { reference: `Organization/${number < MINE ? 'h1' : 'h2'}` },
});
const task = (number: number): Stored => ({
  resourceType: 'Task',
  id: `t${number}`,
  status: number < 20 ? 'requested' : 'completed',
  intent: 'order',
  for: { reference: `Patient/p${number}` },
  owner: { reference: `Organization/${number < MINE ? 'h1' : 'h2'}` },
});

beforeAll(async () => {
  fixture = await openSearchFixture();
  for (let start = 0; start < MANY; start += 2_000) {
    const numbers = Array.from({ length: Math.min(2_000, MANY - start) }, (_, index) => start + index);
    await fixture.load([...numbers.map(patient), ...numbers.map(task)]);
  }
}, 120_000);
afterAll(() => fixture.close());

describe('links over more rows than may be followed', () => {
  it.each(['Task?patient.family=zuniga', 'Patient?_has:Task:patient:intent=order'])(
    '%s is refused, with advice',
    async (path) => {
      await expect(fixture.search(path)).rejects.toMatchObject({ status: 400, code: 'too-costly' });
    },
  );

  it.each([
    ['Task?patient.family=zuniga&status=requested', 20],
    ['Task?patient.family=zuniga&_id=t9000', 1],
    ['Task?patient.gender=female', 20],
    ['Patient?_has:Task:patient:status=completed&_id=p1,p50,p60', 2],
    ['Patient?_has:Task:patient:status=completed&gender=female', 0],
    ['Patient?_has:Task:patient:status=requested', 20],
  ])('%s starts from the end that is selective', async (path, total) => {
    expect((await fixture.search(`${path}&_summary=count`)).total).toBe(total);
  });

  it.each(['Task?patient.family=zuniga', 'Patient?family=zuniga&_has:Task:patient:intent=order'])(
    '%s counts nobody whom the caller may not see',
    async (path) => {
      expect((await fixture.search(`${path}&_summary=count`, specialist1)).total).toBe(MINE);
    },
  );

  it('pages through what thousands of ids at a link give', async () => {
    const page = await fixture.search(
      'Task?patient.gender=male&patient.family=zuniga&status=requested,completed&_count=5&_id=t100,t200,t1',
    );
    expect(page.entry).toHaveLength(2);
  });
});
