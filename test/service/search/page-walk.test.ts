import type { Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextOf, openSearchFixture, previousOf, type Searchset, type SearchFixture } from './search-fixture.js';

type Stored = Resource & { id: string };

const TASKS = 60;
const WALKS = 25;

let fixture: SearchFixture;
let given = 0;

/** Few different values, some missing: ties everywhere. */
const task = (id: string, number: number): Stored =>
  ({
    resourceType: 'Task',
    id,
    status: 'requested',
    intent: 'order',
    ...(number % 4 === 0 ? {} : { priority: ['routine', 'urgent', 'stat'][number % 3] }),
    ...(number % 5 === 0 ? {} : { lastModified: `2026-05-0${(number % 3) + 1}T10:00:00Z` }),
  }) as Stored;

const idOf = (number: number): string => `${String((number * 7_919) % 10_007).padStart(5, '0')}-${number}`;

async function insert(): Promise<string> {
  const id = idOf((given += 1));
  await fixture.load([task(id, given)]);
  return id;
}
const remove = async (id: string): Promise<void> => {
  await fixture.connection.collection<{ _id: string }>('Task').updateOne({ _id: id }, { $set: { del: true } });
};

beforeAll(async () => {
  fixture = await openSearchFixture();
  given = TASKS;
  await fixture.load(Array.from({ length: TASKS }, (_, number) => task(idOf(number + 1), number + 1)));
}, 60_000);
afterAll(() => fixture.close());

const idsOf = (page: Searchset): string[] => (page.entry ?? []).map(({ resource }) => resource.id);

const SORTS = [
  '',
  '&_sort=_id',
  '&_sort=-_lastUpdated',
  '&_sort=modified',
  '&_sort=-modified',
  '&_sort=-priority,modified',
  '&status=requested&_sort=-modified',
];

describe('a walk through pages, forth and back', () => {
  it.each(SORTS)('Task?_count=7%s meets the same pages in both directions', async (sort) => {
    const forth: string[][] = [];
    let page = await fixture.search(`Task?_count=7${sort}`);
    expect(previousOf(page)).toBeUndefined();
    for (;;) {
      forth.push(idsOf(page));
      const next = nextOf(page);
      if (next === undefined) break;
      page = await fixture.search(next);
      const first = page.link.find(({ relation }) => relation === 'first')?.url ?? '';
      expect(decodeURIComponent(first)).toBe(`http://rr.test/fhir/Task?_count=7${sort}`);
    }
    const back = [forth.at(-1)];
    for (let previous = previousOf(page); previous !== undefined; previous = previousOf(page)) {
      page = await fixture.search(previous);
      expect(nextOf(page)).toBeDefined();
      back.unshift(idsOf(page));
    }
    expect(back).toEqual(forth);
    expect(new Set(forth.flat()).size).toBe(forth.flat().length);
    const again = await fixture.search(nextOf(page) ?? '');
    expect(idsOf(again)).toEqual(forth[1]);
  });

  it('loses and repeats nothing in either direction while rows come and go', async () => {
    const step = fc.record({ size: fc.integer({ min: 1, max: 9 }), inserts: fc.nat(2), removes: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SORTS),
        fc.constantFrom<'forth' | 'back'>('forth', 'back'),
        fc.array(step, { minLength: 3, maxLength: 3 }),
        fc.nat(),
        async (sort, way, [change = { size: 3, inserts: 1, removes: 1 }], pick) => {
          const path = `Task?_count=${change.size}${sort}`;
          const whole = await fixture.ids(`Task?_count=1000${sort}`);
          const stays = new Set(whole);
          let page = await fixture.search(path);
          if (way === 'back') {
            for (let next = nextOf(page); next !== undefined; next = nextOf(page)) page = await fixture.search(next);
          }
          const link = way === 'forth' ? nextOf : previousOf;
          const walked: string[][] = [idsOf(page)];
          for (let turn = 0; ; turn += 1) {
            const at = link(page);
            if (at === undefined) break;
            if (turn < 3) {
              for (let n = 0; n < change.inserts; n += 1) await insert();
              for (let n = 0; n < change.removes; n += 1) {
                const victim = whole[(pick + turn * 13 + n * 5) % whole.length] ?? '';
                stays.delete(victim);
                await remove(victim);
              }
            }
            page = await fixture.search(at);
            if (way === 'forth') walked.push(idsOf(page));
            else walked.unshift(idsOf(page));
          }
          const met = walked.flat();
          // Nothing twice, everything that was there all the time, and in the order of one large page.
          expect(new Set(met).size).toBe(met.length);
          const constant = met.filter((id) => stays.has(id));
          expect(constant).toEqual(whole.filter((id) => stays.has(id)));
        },
      ),
      { numRuns: WALKS },
    );
  }, 120_000);

  it('offers no way on from where nothing is left, but the first page', async () => {
    const page = await fixture.search('Task?_count=5&_sort=_id');
    const next = nextOf(page) ?? '';
    const all = await fixture.ids('Task?_count=1000&_sort=_id');
    const rest = all.slice(5);
    const tasks = fixture.connection.collection<{ _id: string }>('Task');
    await tasks.updateMany({ _id: { $in: rest } }, { $set: { del: true } });
    const empty = await fixture.search(next);
    expect([idsOf(empty), empty.link.map(({ relation }) => relation)]).toEqual([[], ['self', 'first']]);
    await tasks.updateMany({ _id: { $in: rest } }, { $set: { del: false } });
    expect(idsOf(await fixture.search(next))).toEqual(rest.slice(0, 5));
  });

  it('keeps a cursor to its direction, its query and its caller', async () => {
    const second = await fixture.search(nextOf(await fixture.search('Task?_count=5&_sort=modified')) ?? '');
    const [forth, back] = [nextOf(second) ?? '', previousOf(second) ?? ''];
    const cursorOf = (link: string): string => new URLSearchParams(link.split('?')[1]).get('_cursor') ?? '';
    expect(cursorOf(forth)).not.toBe(cursorOf(back));
    await expect(fixture.search(`Task?_count=6&_sort=modified&_cursor=${cursorOf(back)}`)).rejects.toThrow(
      'cursor-invalid',
    );
    await expect(fixture.search(`Task?_count=5&_sort=-modified&_cursor=${cursorOf(back)}`)).rejects.toThrow(
      'cursor-invalid',
    );
    expect(new Set([...new URLSearchParams(back.split('?')[1])].map(([name]) => name))).toEqual(
      new Set(['_count', '_sort', '_cursor']),
    );
  });
});
