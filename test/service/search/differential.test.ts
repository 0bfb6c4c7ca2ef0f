import type { Bundle, Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fetchPage } from '../../../src/fhir/search/page.js';
import { parseSearch } from '../../../src/fhir/search/parse.js';
import { planSearch } from '../../../src/fhir/search/plan.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { naiveMatch } from '../../support/naive-search/evaluate.js';
import { type Asked, queriesOf } from '../../support/naive-search/queries.js';
import { GENERATED_TYPES, generateResources } from '../../support/naive-search/resources.js';
import { startService, type TestService } from '../../support/service.js';

/** Another seed makes other resources and other queries: `SEARCH_SEED=7 npm test -- test/service/search/differential`. */
const SEED = Number(process.env['SEARCH_SEED'] ?? 20_261_129);
const ROWS = 60;
/** Queries of each of the six types: 5,400 in the engine, 120 over HTTP. */
const QUERIES = 900;
const HTTP_QUERIES = 20;

type Stored = Resource & { id: string };
let service: TestService;
const resources = new Map<string, readonly Stored[]>();

beforeAll(async () => {
  service = await startService();
  for (const type of GENERATED_TYPES) {
    const made = generateResources(type, ROWS, SEED);
    resources.set(type, made);
    // The service brings demonstration people along.
    await service.db.collection(type).deleteMany({});
    await service.context.store.load(
      type,
      made.map((resource) => toStored(service.context, resource)),
      'load',
    );
  }
}, 120_000);
afterAll(() => service.stop());

const naive = (type: string, query: readonly Asked[]): string[] =>
  (resources.get(type) ?? [])
    .filter((resource) =>
      query.every(([name, value]) => naiveMatch(service.context.definitions, resource, name, value)),
    )
    .map(({ id }) => id)
    .sort();

async function found(type: string, query: readonly Asked[]): Promise<string[]> {
  const { definitions, store } = service.context;
  const plan = planSearch(parseSearch(definitions, type, query), {});
  return (await fetchPage(store, type, plan, { count: ROWS })).rows.map(({ _id }) => _id).sort();
}

async function foundOverHttp(type: string, query: readonly Asked[]): Promise<string[]> {
  const text = new URLSearchParams([
    ...query.map(([name, value]): [string, string] => [name, value]),
    ['_count', String(ROWS)],
  ]);
  const { status, body } = await service.call<Bundle>('conformance', 'GET', `${type}?${text.toString()}`);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body.entry ?? []).flatMap(({ resource }) => resource?.id ?? []).sort();
}

describe.each(GENERATED_TYPES.map((type) => [type]))(`generated searches on %s (seed ${SEED})`, (type) => {
  it('find what a naive evaluation of the same query over the same resources finds', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(queriesOf(service.context.definitions, type, ROWS), async (query) => {
        const expected = naive(type, query);
        hits += expected.length > 0 && expected.length < ROWS ? 1 : 0;
        expect([query, await found(type, query)]).toEqual([query, expected]);
      }),
      { numRuns: QUERIES, seed: SEED },
    );
    // Queries that find nothing, or everything, prove little.
    expect(hits).toBeGreaterThan(QUERIES / 3);
  }, 300_000);

  it('find the same over HTTP', async () => {
    await fc.assert(
      fc.asyncProperty(queriesOf(service.context.definitions, type, ROWS), async (query) => {
        expect([query, await foundOverHttp(type, query)]).toEqual([query, naive(type, query)]);
      }),
      { numRuns: HTTP_QUERIES, seed: SEED + 1 },
    );
  }, 300_000);
});
