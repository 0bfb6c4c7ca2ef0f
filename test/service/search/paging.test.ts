import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextOf, openSearchFixture, type SearchFixture } from './search-fixture.js';

type Stored = Resource & { id: string };

const TASKS = 300;

let fixture: SearchFixture;

/** Seven times and three owners for all: most sort values are equal, some are missing. */
const task = (id: string, number: number): Stored =>
  ({
    resourceType: 'Task',
    id,
    status: 'requested',
    intent: 'order',
    priority: ['routine', 'urgent', 'stat'][number % 3],
    owner: { reference: `Organization/h${number % 3}` },
    ...(number % 10 === 0 ? {} : { lastModified: `2026-05-0${(number % 7) + 1}T10:00:00Z` }),
  }) as Stored;
const name = (number: number): string => `t${String((number * 7_919) % 100_000).padStart(5, '0')}`;

beforeAll(async () => {
  fixture = await openSearchFixture();
  await fixture.load(Array.from({ length: TASKS }, (_, number) => task(name(number), number)));
}, 60_000);
afterAll(() => fixture.close());

const pageOf = async (path: string): Promise<{ ids: string[]; next: string | undefined }> => {
  const bundle = await fixture.search(path);
  return { ids: (bundle.entry ?? []).map(({ resource }) => resource.id), next: nextOf(bundle) };
};

describe('a walk through pages', () => {
  it.each([
    'Task?_count=7',
    'Task?_count=7&_sort=_id',
    'Task?_count=7&_sort=-_lastUpdated',
    'Task?_count=7&_sort=modified',
    'Task?_count=7&_sort=-modified',
    'Task?_count=7&_sort=-priority,modified',
    'Task?_count=7&status=requested',
    'Task?_count=7&status=requested&_sort=-modified',
    'Task?_count=7&owner=Organization/h0,Organization/h1,Organization/h2&status=requested&_sort=modified',
  ])('%s meets every row once while rows with equal sort values come in', async (path) => {
    const before = new Set(await fixture.ids(path.replace('_count=7', '_count=1000')));
    const seen: string[] = [];
    let added = 1_000 + seen.length;
    for (let next: string | undefined = path, turn = 0; next !== undefined; turn += 1) {
      const page: { ids: string[]; next: string | undefined } = await pageOf(next);
      seen.push(...page.ids);
      next = page.next;
      if (turn % 10 === 0) {
        const number = added + before.size * 17;
        added += 1;
        await fixture.load([task(`n${path.length}-${number}`, number)]);
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...before].filter((id) => !seen.includes(id))).toEqual([]);
  });

  it('gives the rows in the order of one large page', async () => {
    for (const sort of ['modified', '-modified', '-priority,modified', 'priority,-_lastUpdated']) {
      const whole = await fixture.ids(`Task?_sort=${sort}&_count=1000`);
      const walked: string[] = [];
      for (let next: string | undefined = `Task?_sort=${sort}&_count=50`; next !== undefined;) {
        const page: { ids: string[]; next: string | undefined } = await pageOf(next);
        walked.push(...page.ids);
        next = page.next;
      }
      expect(walked).toEqual(whole);
    }
  });

  it('takes a list of 1,500 ids, tokens or references', async () => {
    const ids = Array.from({ length: 1_500 }, (_, number) => (number % 5 === 0 ? name(number / 5) : `none-${number}`));
    expect((await fixture.search(`Task?_count=1000&_id=${ids.join(',')}`)).entry).toHaveLength(TASKS);
    expect(
      (
        await fixture.search(
          `Task?_count=1000&_total=accurate&owner=${ids.map((id) => `Organization/${id}`).join(',')},Organization/h1&_id=${name(1)},${name(2)}`,
        )
      ).total,
    ).toBe(1);
    expect(
      (await fixture.search(`Task?_summary=count&status=${ids.join(',')},requested`)).total,
    ).toBeGreaterThanOrEqual(TASKS);
  });
});
