import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type Condition, conditionOn, graph, type Stored, TYPES, type World } from './link-oracle.js';
import { patient1 } from './referral-graph.js';
import { everything, openSearchFixture, type SearchFixture } from './search-fixture.js';

const QUERIES = 500;
const DEPTH = 3;

let fixture: SearchFixture;
let resources: readonly Stored[];

beforeAll(async () => {
  fixture = await openSearchFixture();
  [resources = []] = fc.sample(graph, { numRuns: 1, seed: 20_261_129 });
  await fixture.load(resources);
}, 60_000);
afterAll(() => fixture.close());

interface Asked {
  readonly type: string;
  readonly conditions: readonly Condition[];
}

const asked: fc.Arbitrary<Asked> = fc.constantFrom(...TYPES).chain((type) =>
  fc.record({
    type: fc.constant(type),
    conditions: fc.array(conditionOn(type, DEPTH), { minLength: 1, maxLength: 2 }),
  }),
);

const queryOf = ({ type, conditions }: Asked): string =>
  `${type}?${conditions.map(({ name, value }) => `${name}=${value}`).join('&')}&_count=1000`;

function worldOf(visible: readonly Stored[]): World {
  const byReference = new Map(visible.map((one) => [`${one.resourceType}/${one.id}`, one]));
  return {
    get: (reference) => byReference.get(reference),
    all: (type) => visible.filter((one) => one.resourceType === type),
  };
}

const expected = ({ type, conditions }: Asked, world: World): string[] =>
  world
    .all(type)
    .filter((resource) => conditions.every(({ holds }) => holds(resource, world)))
    .map(({ id }) => id)
    .sort();

const about = (resource: Stored): string | undefined => {
  const { subject, for: whom } = resource as unknown as Record<string, { reference?: string } | undefined>;
  return (subject ?? whom)?.reference;
};

describe('chains and _has against a plain evaluation', () => {
  it('find the same for whoever sees everything', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(asked, async (query) => {
        const ids = (await fixture.ids(queryOf(query))).sort();
        expect([queryOf(query), ids]).toEqual([queryOf(query), expected(query, worldOf(resources))]);
        if (ids.length > 0) hits += 1;
      }),
      { numRuns: QUERIES },
    );
    // Queries that find nothing prove little.
    expect(hits).toBeGreaterThan(QUERIES / 4);
  }, 120_000);

  it('find for a patient what a world of the own record alone holds', async () => {
    const own = { ...patient1, patient: '1' };
    const visible = resources.filter(
      (one) => about(one) === 'Patient/1' || (one.resourceType === 'Patient' && one.id === '1'),
    );
    expect(visible.length).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(asked, async (query) => {
        const ids = (await fixture.ids(queryOf(query), own)).sort();
        expect([queryOf(query), ids]).toEqual([queryOf(query), expected(query, worldOf(visible))]);
      }),
      { numRuns: QUERIES / 2 },
    );
  }, 120_000);

  it('find for a facility nothing that a plain evaluation over what it may see would not', async () => {
    const caller = {
      ...everything,
      role: 'specialist',
      actsAs: ['specialist'],
      facility: 'h1',
      facilities: ['h1'],
    } as const;
    const known = new Set(
      resources
        .filter((one) => one.resourceType === 'Patient' && JSON.stringify(one).includes('Organization/h1'))
        .map(({ id }) => `Patient/${id}`),
    );
    const names = (one: Stored): boolean => JSON.stringify(one).includes('Organization/h1');
    const mayRead = resources.filter((one) =>
      one.resourceType === 'Patient' ? names(one) : names(one) || known.has(about(one) ?? ''),
    );
    const narrow = worldOf(resources.filter(names));
    const wide = worldOf(mayRead);
    await fc.assert(
      fc.asyncProperty(asked, async (query) => {
        const ids = (await fixture.ids(queryOf(query), caller)).sort();
        // At least what names the facility all along the way, at most what it may read all along the way.
        expect([queryOf(query), expected(query, narrow).filter((id) => !ids.includes(id))]).toEqual([
          queryOf(query),
          [],
        ]);
        expect([queryOf(query), ids.filter((id) => !expected(query, wide).includes(id))]).toEqual([queryOf(query), []]);
      }),
      { numRuns: QUERIES },
    );
  }, 120_000);
});
