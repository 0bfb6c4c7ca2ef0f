import { describe, expect, test } from 'vitest';
import type { BenchRow, Measurement } from '../measure/measurement.js';
import { unsupported } from '../measure/measurement.js';
import type { BenchResult, StoredResult } from '../result-file.js';
import { CORE_SCENARIOS } from '../scenarios/core.js';
import { SEARCH_SCENARIOS } from '../scenarios/search.js';
import { targets } from '../targets.js';
import { suitePage } from './suite-page.js';

const cell = (rps: number, p50 = 5): Measurement => ({ rps, p50, p95: 10, p99: 20, errors: 0 });

const row = (more: Partial<BenchRow>): BenchRow => ({
  scenario: 'identifier',
  size: 1_000,
  users: 8,
  ours: cell(1_300),
  bare: cell(2_000),
  raw: cell(3_000),
  ratio: 0.65,
  ...more,
});

const stored = (size: number, rows: readonly BenchRow[], more: Partial<BenchResult> = {}): StoredResult => ({
  file: `search-${size}.json`,
  result: {
    suite: 'search',
    commit: 'abc1234',
    machine: { cpu: 'x', cores: 2, memoryGiB: 24, node: 'v20', mongod: '8.0' },
    size,
    rows,
    ...more,
  },
});

describe('page of a suite', () => {
  test('without results it says how to get some, and holds no table', () => {
    const page = suitePage('search', 'Search', []);
    expect(page).toContain('No results yet: `npm run bench -- search`');
    expect(page).not.toContain('| --- |');
  });

  test('peers, aims and ratios stand beside the figures', () => {
    const page = suitePage('search', 'Search', [stored(1_000, [row({}), row({ users: 32, ours: cell(900) })])]);
    expect(page).toContain('| 8 | 1,300/s · 5.0 / 10.0 / 20.0 |');
    expect(page).toContain('| 0.65 | Medplum 560/s | 1,200/s ✓ |');
    expect(page).toMatch(/\| 32 \| 900\/s .* \| – \| – \|/);
  });

  test('what was not served is not a figure, and its reason is told', () => {
    const rows = [row({ scenario: 'chain', ours: unsupported('HTTP 400 no'), ratio: null, note: 'answers differ' })];
    const page = suitePage('search', 'Search', [stored(1_000, rows)]);
    expect(page).toContain('| not served |');
    expect(page).toContain('- `chain`, ours: HTTP 400 no');
    expect(page).toContain('- `chain`: answers differ');
  });

  test('growth of p50 is judged over the sizes of one data shape', () => {
    const sizes = [1_000, 10_000, 100_000];
    const results = sizes.map((size, at) => stored(size, [row({ ours: cell(100, 4 + at) })]));
    expect(suitePage('search', 'Search', results)).toContain('| identifier | 4.0 | 5.0 | 6.0 | 1.50 ✓ |');
    const slower = [...results, stored(200_000, [row({ ours: cell(100, 9) })], { shape: 'peers' })];
    expect(suitePage('search', 'Search', slower)).toContain('| 6.0 | 1.50 ✓ |');
    expect(suitePage('search', 'Search', [...results, stored(200_000, [row({ ours: cell(100, 9) })])])).toContain(
      '2.25 ✗',
    );
  });

  test('disk is told for each resource', () => {
    const collections = [{ name: 'history', documents: 10, data: 0, storage: 20_000, indexes: 10_000 }];
    const disk = [{ scenario: 'load-transactions', resources: 10, jsonBytes: 528, collections }];
    const page = suitePage('load', 'Load', [stored(1_000, [], { suite: 'load', disk })]);
    expect(page).toContain('| 3,000 | 6,975 | 6,313 | 3,500 ✓ |');
    expect(page).toContain('| history | 10 | 20,000 | 10,000 | 3,000 | 100 % |');
  });
});

test('every scenario has a row of targets, and every row a scenario', () => {
  const measured = [
    ...CORE_SCENARIOS.map(({ name }) => `core ${name}`),
    ...SEARCH_SCENARIOS.map(({ name }) => `search ${name}`),
    ...['load-transactions', 'load-import', 'load-seed'].map((name) => `load ${name}`),
  ];
  expect(targets.rows.map(({ suite, scenario }) => `${suite} ${scenario}`).sort()).toEqual(measured.sort());
});
