import { loadConfig } from '../../src/config/config.js';
import { createFhirContext } from '../../src/context.js';
import { openBenchDatabase } from '../dataset/bench-database.js';
import { busiestFacility } from '../dataset/busiest-facility.js';
import { DATABASE, openCopy } from '../dataset/data-set.js';
import { type DataSample, drawSample, MORE_OBSERVATIONS } from '../dataset/sample.js';
import { personTemplates } from '../dataset/templates.js';
import { thisCommit, thisMachine } from '../measure/machine.js';
import { watchMemory } from '../measure/memory.js';
import { runScenarios } from '../scenarios/run-scenarios.js';
import type { Scenario } from '../scenarios/scenario.js';
import { type HttpTarget, httpTarget } from '../servers/http-target.js';
import { startOurServer, tokenFor } from '../servers/our-server.js';
import { startBareServer } from '../servers/start-bare-server.js';
import { DatabaseWork, type WorkSetting } from '../work/database-work.js';
import type { Suite } from './suite.js';

/** Versions that each resource of the history scenario is given beside its first. */
const VERSIONS = 4;

/** Gives the resources of the history scenario several versions, by ours. Throws when an update is refused. */
export async function makeHistories(ours: HttpTarget, { changed, updates }: DataSample): Promise<void> {
  const texts = new Map(updates.map(({ id, json }) => [id, json]));
  for (const id of changed)
    for (let version = 0; version < VERSIONS; version += 1) {
      const body = texts.get(id) ?? '';
      const { status, text } = await ours.send(
        { method: 'PUT', path: `/fhir/Observation/${id}`, body },
        { keep: true },
      );
      if (status !== 200) throw new Error(`Observation/${id} got no further version: HTTP ${status} ${text}`);
    }
}

/** What the bare handler and the raw driver must know beside the requests. */
export function workSetting(
  context: Parameters<typeof personTemplates>[0],
  { facility, create }: Pick<DataSample, 'facility' | 'create'>,
): WorkSetting {
  return {
    facility,
    create: { type: create.type, doc: create.doc, claims: [] },
    transactions: {
      transaction: personTemplates(context, facility),
      'transaction-50': personTemplates(context, facility, MORE_OBSERVATIONS),
    },
  };
}

/**
 * A suite of scenarios: a cold start of ours on a copy of the data set, a sample drawn from it, one warm-up of each column,
 * then every scenario in three columns.
 */
export const scenarioSuite =
  (name: string, scenarios: readonly Scenario[]): Suite =>
  async (options) => {
    const { shape, size, users, seconds, warmUpSeconds, cacheGb, say } = options;
    const chosen = scenarios.filter((one) => options.scenarios.length === 0 || options.scenarios.includes(one.name));
    if (chosen.length === 0) throw new RangeError(`--scenario: ${scenarios.map((one) => one.name).join(', ')}`);
    const set = await options.dataSet();
    const mongod = await openCopy(set, cacheGb);
    const { connection, client, db } = await openBenchDatabase(mongod.uri, DATABASE);
    const place = { uri: mongod.uri, database: DATABASE };
    const closing: (() => unknown)[] = [() => connection.close(), () => mongod.stop()];
    try {
      const server = await startOurServer(place);
      closing.unshift(() => server.stop());
      const { account, facility } = await busiestFacility(db);
      const sample = await drawSample(db, facility);
      const config = loadConfig({ NODE_ENV: 'development' });
      const setting = workSetting(createFhirContext(config, connection), sample);
      const bareServer = await startBareServer(mongod.uri, DATABASE, setting);
      closing.unshift(() => bareServer.stop());
      const most = Math.max(...users);
      const ours = httpTarget(server.base, await tokenFor(place, server, account), most);
      const bare = httpTarget(bareServer.base, undefined, most);
      closing.unshift(ours.close, bare.close);
      await makeHistories(ours, sample);
      const work = new DatabaseWork(client, db, setting);
      const { result: rows, memory } = await watchMemory(server.pid, () =>
        runScenarios(chosen, { sample, ours, bare, work }, { size, users, seconds, warmUpSeconds, say }),
      );
      return {
        suite: name,
        commit: thisCommit(),
        machine: thisMachine(mongod.version),
        at: new Date().toISOString(),
        shape,
        size,
        resources: set.report.resources,
        options: { seconds, warmUpSeconds, cacheGb },
        firstAnswerMs: server.firstAnswerMs,
        memory,
        rows,
      };
    } finally {
      for (const close of closing) await close();
    }
  };
