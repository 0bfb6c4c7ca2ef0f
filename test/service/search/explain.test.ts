import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../../src/fhir/definitions/load-definitions.js';
import { escapeValue } from '../../../src/fhir/search/escapes.js';
import { SEARCH_LIMITS } from '../../../src/fhir/search/limits.js';
import { pairsOf } from '../../../src/fhir/search/pairs.js';
import { type Modifier, modifiersOf } from '../../../src/fhir/search/modifiers.js';
import { type SearchableParameter, searchableParameters } from '../../../src/fhir/search/parameters.js';
import { parseSearch } from '../../../src/fhir/search/parse.js';
import { planSearch, type SearchPlan } from '../../../src/fhir/search/plan.js';
import { sortKeysOf } from '../../../src/fhir/search/sort-keys.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import type { SearchValues, StoredResource } from '../../../src/store/envelope.js';
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
  fixture = await openSearchFixture();
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

const searchable = (type: string, code: string): SearchableParameter => {
  const parameter = searchableParameters(definitions, type).get(code);
  if (!parameter) throw new Error(`${type} has no ${code}`);
  return parameter;
};

/** First of what the documents of a type hold. */
function sampled(type: string, find: (values: SearchValues) => string | undefined, what: string): string {
  for (const { s } of samples.get(type) ?? []) {
    const found = find(s);
    if (found !== undefined) return found;
  }
  throw new Error(`no sample of ${type} has a value for ${what}`);
}

/** Values of the samples, of each kind that is asked as written. */
const NUMBERS: Readonly<Record<string, string>> = {
  'estimated-age': 'gt1|http://unitsofmeasure.org|mo',
  'twin-order': '2',
  'facility-level': '2',
};
const SECONDS: Readonly<Record<string, string>> = { date: '2026-05-03', quantity: '1.5' };

function compositeQuestion(type: string, { code, composite }: SearchableParameter): string {
  const plain = new RegExp(`^${code}\\$([^|~]+)~([^|].*)$`);
  return sampled(
    type,
    ({ tok, ref, str, dat, num }) => {
      const written = SECONDS[composite?.second ?? ''];
      const named = [...dat, ...num].find(({ p }) => p.startsWith(`${code}$`))?.p;
      if (written !== undefined) return named && `${named.slice(code.length + 1).replace(/[~#].*$/, '')}$${written}`;
      const [, first, second = ''] = [...tok, ...ref, ...str].map((key) => plain.exec(key)).find(Boolean) ?? [];
      return first === undefined ? undefined : `${first}$${escapeValue(second.split('\u0001')[0] ?? '')}`;
    },
    code,
  );
}

/** Asks for a value that some document has, in the form a client writes it. */
function questionFor(type: string, code: string): string {
  const { kind, targets, union = [], composite } = searchable(type, code);
  if (union.length > 0) return questionFor(type, union.find((part) => part !== 'data-absent-reason') ?? code);
  if (composite) return compositeQuestion(type, searchable(type, code));
  if (kind === 'number' || kind === 'quantity') return NUMBERS[code] ?? '1.5';
  const allowed = (key: string): boolean =>
    kind !== 'reference' || targets.length === 0 || targets.some((target) => key.startsWith(`${code}~${target}/`));
  return sampled(
    type,
    ({ tok, ref, str, uri, dat }) => {
      const keys = [...tok, ...ref, ...str, ...uri];
      const key = keys.find((one) => one.startsWith(`${code}~`) && one.length > code.length + 1 && allowed(one));
      if (key) return escapeValue(key.slice(code.length + 1).split('\u0001')[0] ?? '');
      const date = kind === 'date' && dat.find(({ p }) => p === code || p === `${code}~`);
      return date ? `ge${date.lo.toISOString()}` : undefined;
    },
    code,
  );
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

/** A value for each modifier that finds rows by an index. */
const FINDING: Readonly<Partial<Record<Modifier, string>>> = {
  missing: 'false',
  exact: 'Ana',
  text: 'codigo',
  identifier: 'urn:s|1',
  '[type]': '1',
  'of-type': 'urn:s|MR|1',
};
/** And for each that only sorts rows out. */
const SORTING_OUT: Readonly<Partial<Record<Modifier, string>>> = { missing: 'true', not: 'x', contains: 'na' };

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

  it('use an index for every modifier that finds rows', async () => {
    const faults: string[] = [];
    for (const parameter of searchableParameters(definitions, type).values()) {
      const { code, targets } = parameter;
      for (const modifier of modifiersOf(parameter)) {
        const value = FINDING[modifier];
        if (value === undefined) continue;
        const name = `${code}:${modifier === '[type]' ? targets[0] : modifier}`;
        const plan = planOf(type, encode(name, value));
        if (plan.scanned) faults.push(`${name} looks through all`);
        if ((await explain(type, plan)).stages.has('COLLSCAN')) faults.push(`${name} scans the collection`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('look through no more rows than the cap for what only sorts out', async () => {
    const faults: string[] = [];
    for (const parameter of searchableParameters(definitions, type).values()) {
      for (const modifier of modifiersOf(parameter)) {
        const value = SORTING_OUT[modifier];
        if (value === undefined) continue;
        const query = encode(`${parameter.code}:${modifier}`, value);
        if (!planOf(type, query).scanned) faults.push(`${query} is not capped`);
        if (planOf(type, `${query}&_tag=s|t`).scanned) faults.push(`${query} is capped beside a tag`);
        if ((await explain(type, planOf(type, query))).stages.has('COLLSCAN')) faults.push(`${query} scans`);
      }
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
