import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BenchDatabase, openBenchDatabase } from '../../../bench/dataset/bench-database.js';
import { busiestFacility } from '../../../bench/dataset/busiest-facility.js';
import { fillDatabase } from '../../../bench/dataset/fill-database.js';
import { drawSample } from '../../../bench/dataset/sample.js';
import type { BenchRow } from '../../../bench/measure/measurement.js';
import { CORE_SCENARIOS } from '../../../bench/scenarios/core.js';
import type { Parties } from '../../../bench/scenarios/probe.js';
import { runScenarios } from '../../../bench/scenarios/run-scenarios.js';
import { SEARCH_SCENARIOS } from '../../../bench/scenarios/search.js';
import { bareApp } from '../../../bench/servers/bare-app.js';
import { httpTarget } from '../../../bench/servers/http-target.js';
import { makeHistories, workSetting } from '../../../bench/suites/scenario-suite.js';
import { DatabaseWork } from '../../../bench/work/database-work.js';
import { databaseUri } from '../../support/database.js';
import { startService, type TestService } from '../../support/service.js';

const PATIENTS = 22;

let service: TestService;
let database: BenchDatabase;
let parties: Parties;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  service = await startService();
  await fillDatabase(service.context, { shape: 'peers', size: PATIENTS });
  database = await openBenchDatabase(databaseUri(service.db.databaseName), service.db.databaseName);
  const { account, facility } = await busiestFacility(database.db);
  const sample = await drawSample(database.db, facility);
  const work = new DatabaseWork(database.client, database.db, workSetting(service.context, sample));
  const bareServer = createServer(bareApp(work));
  await new Promise<void>((resolve) => bareServer.listen(0, '127.0.0.1', resolve));
  const { port } = bareServer.address() as AddressInfo;
  const ours = httpTarget(service.url, await service.token(account), 2);
  const bare = httpTarget(`http://127.0.0.1:${port}`, undefined, 2);
  closing.push(ours.close, bare.close, () => bareServer.close());
  await makeHistories(ours, sample);
  parties = { sample, ours, bare, work };
});

afterAll(async () => {
  for (const close of closing) await close();
  await database.connection.close();
  await service.stop();
});

const measured = async (scenarios: Parameters<typeof runScenarios>[0]): Promise<BenchRow[]> =>
  runScenarios(scenarios, parties, {
    size: PATIENTS,
    users: [2],
    seconds: 0.12,
    warmUpSeconds: 0.1,
    say: () => undefined,
  });

/** What a row says went wrong; empty when it is sound. */
const faults = ({ ours, bare, raw, note }: BenchRow): string[] => [
  ...[ours, bare, raw].flatMap((cell) => {
    if (cell === null) return ['not measured'];
    return cell.error ?? (cell.errors > 0 ? [`${cell.errors} errors`] : []);
  }),
  ...(note === undefined ? [] : [note]),
];

describe('the bench on a small data set', () => {
  test('core: every row works in all three columns, and the answers are alike', async () => {
    const rows = await measured(CORE_SCENARIOS);
    expect(rows.map(({ scenario }) => scenario)).toEqual(['read', 'create', 'update', 'transaction', 'transaction-50']);
    expect(rows.map((row) => [row.scenario, faults(row)])).toEqual(rows.map(({ scenario }) => [scenario, []]));
  });

  test('search: every row that ours serves finds what the bare handler and the raw driver find', async () => {
    const rows = await measured(SEARCH_SCENARIOS);
    expect(rows.map(({ scenario }) => scenario)).toEqual(SEARCH_SCENARIOS.map(({ name }) => name));
    expect(rows.map((row) => [row.scenario, faults(row)])).toEqual(rows.map(({ scenario }) => [scenario, []]));
  });

  test('a column that does not work is not measured, and says why', async () => {
    const broken = { ...CORE_SCENARIOS[0]!, ask: () => ({ method: 'GET', path: '/fhir/Patient/nobody' }) as const };
    const [row] = await measured([broken]);
    expect(row).toMatchObject({ ours: { rps: 0, errors: 1 }, ratio: null });
    expect(row?.ours.error).toMatch(/^HTTP 404/);
    expect(row?.raw?.error).toBe('no Patient/nobody');
  });
});
