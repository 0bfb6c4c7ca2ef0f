import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadDefinitions } from '../../../src/fhir/definitions/load-definitions.js';
import { escapeValue } from '../../../src/fhir/search/escapes.js';
import { SEARCH_LIMITS } from '../../../src/fhir/search/limits.js';
import { pairsOf } from '../../../src/fhir/search/pairs.js';
import { searchableParameters } from '../../../src/fhir/search/parameters.js';
import { parseSearch } from '../../../src/fhir/search/parse.js';
import { planSearch, type SearchPlan } from '../../../src/fhir/search/plan.js';
import { sortKeysOf } from '../../../src/fhir/search/sort-keys.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import { fillStructure } from '../../support/fill-structure.js';
import { openSearchFixture, type SearchFixture } from './search-fixture.js';

const definitions = loadDefinitions();
const TYPES = definitions.resourceTypes.filter((type) => type !== 'AuditEvent');
/** More than an equality may examine, so that a plan that reads everything is caught. */
const ROWS = 200;
const TURNS = 11;
const PAGE = SEARCH_LIMITS.defaultCount + 1;
const MOST_FOR_EQUALITY = 3 * PAGE + 10;

let fixture: SearchFixture;
/** One stored document per type and turn. */
const samples = new Map<string, readonly StoredResource[]>();

beforeAll(async () => {
  fixture = await openSearchFixture('explain');
  for (const type of TYPES) {
    const turns = Array.from({ length: TURNS }, (_, turn) => {
      const filled = {
        ...fillStructure(definitions, type, turn),
        id: `${type}-${turn}`,
        meta: {
          profile: ['http://example.org/p'],
          source: 'urn:s',
          tag: [{ system: 's', code: 't' }],
          security: [{ system: 's', code: 'R' }],
        },
      };
      return { ...toStored(fixture.context, filled, {}), json: '{}' };
    });
    samples.set(type, turns);
    const documents = Array.from({ length: ROWS }, (_, row): StoredResource => {
      const sample = turns[row % TURNS]!;
      return { ...sample, _id: `${type}-${row}`, lu: new Date(1_700_000_000_000 + row * 1_000) };
    });
    await fixture.context.store.load(type, documents, 'load');
  }
}, 120_000);
afterAll(() => fixture.close());

/** Asks for a value that some document has, in the form a client writes it. */
function questionFor(type: string, code: string): string {
  const { kind, targets = [] } = searchableParameters(definitions, type).get(code) ?? {};
  const allowed = (key: string): boolean =>
    kind !== 'reference' || targets.some((target) => key.startsWith(`${code}~${target}/`));
  for (const { s } of samples.get(type) ?? []) {
    const { tok, ref, str, uri } = s;
    const key = [...tok, ...ref, ...str, ...uri].find((one) => one.startsWith(`${code}~`) && allowed(one));
    if (key) return escapeValue(key.slice(code.length + 1).split('\u0001')[0]!);
    const date = kind === 'date' && s.dat.find(({ p }) => p === code || p === `${code}~`);
    if (date) return `ge${date.lo.toISOString()}`;
  }
  throw new Error(`no sample of ${type} has a value for ${code}`);
}

interface Explained {
  readonly stages: ReadonlySet<string>;
  readonly examined: number;
  readonly returned: number;
}

function stagesOf(node: unknown, found: Set<string>): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'stage' && typeof value === 'string') found.add(value);
    else stagesOf(value, found);
  }
  return found;
}

async function explain(type: string, plan: SearchPlan): Promise<Explained> {
  const answer: mongo.Document = await fixture.context.store.explain(type, plan.filter, {
    sort: plan.sort,
    limit: PAGE,
  });
  const stats = answer['executionStats'] as { totalDocsExamined: number; nReturned: number };
  const { winningPlan } = answer['queryPlanner'] as { winningPlan: unknown };
  return { stages: stagesOf(winningPlan, new Set()), examined: stats.totalDocsExamined, returned: stats.nReturned };
}

const planOf = (type: string, query: string): SearchPlan =>
  planSearch(parseSearch(definitions, type, [...new URLSearchParams(query)]), {});

const encode = (code: string, value: string): string => new URLSearchParams([[code, value]]).toString();

describe.each(TYPES.map((type) => [type]))('queries on %s', (type) => {
  it('use an index for every declared parameter, and an equality reads little more than its page', async () => {
    const faults: string[] = [];
    for (const { code, kind } of searchableParameters(definitions, type).values()) {
      const query = encode(code, questionFor(type, code));
      const { stages, examined, returned } = await explain(type, planOf(type, query));
      const equality = kind === 'token' || kind === 'reference' || kind === 'uri';
      if (stages.has('COLLSCAN')) faults.push(`${query} scans the collection`);
      if (equality && stages.has('SORT')) faults.push(`${query} sorts`);
      if (equality && examined > MOST_FOR_EQUALITY) faults.push(`${query} examines ${examined} for ${returned}`);
      if (returned === 0) faults.push(`${query} finds nothing`);
    }
    expect(faults).toEqual([]);
  });

  it('read declared pairs like one equality', async () => {
    for (const [a, b] of pairsOf(type)) {
      const query = `${encode(a, questionFor(type, a))}&${encode(b, questionFor(type, b))}`;
      const { stages, examined } = await explain(type, planOf(type, query));
      expect([query, stages.has('COLLSCAN'), stages.has('SORT'), examined <= MOST_FOR_EQUALITY]).toEqual([
        query,
        false,
        false,
        true,
      ]);
    }
  });

  it('use an index for every sort key beside an equality, and sort in memory only where the plan says so', async () => {
    const query = encode('_tag', 's|t');
    for (const key of sortKeysOf(type).keys()) {
      for (const sign of ['', '-']) {
        const plan = planOf(type, `${query}&_sort=${sign}${key}`);
        const { stages, examined } = await explain(type, plan);
        expect([key, stages.has('COLLSCAN')]).toEqual([key, false]);
        if (plan.order === 'index')
          expect([key, stages.has('SORT'), examined <= MOST_FOR_EQUALITY]).toEqual([key, false, true]);
        else expect(examined).toBeLessThanOrEqual(SEARCH_LIMITS.candidates);
      }
    }
  });

  it('read a page of everything, by update or by id, from an index', async () => {
    for (const query of ['', '_sort=_lastUpdated', '_sort=-_id', '_lastUpdated=ge2023', `_id=${type}-1,${type}-2`]) {
      const { stages, examined } = await explain(type, planOf(type, query));
      expect([query, stages.has('COLLSCAN'), examined <= MOST_FOR_EQUALITY]).toEqual([query, false, true]);
    }
  });
});
