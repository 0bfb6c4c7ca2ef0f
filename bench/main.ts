import { type BenchOptions, benchOptions, cacheFor } from './options.js';
import { type PreparedDataSet, prepareDataSet } from './dataset/data-set.js';
import { printedTable } from './report/print-table.js';
import { writeReport } from './report/write-report.js';
import { writeResult } from './result-file.js';
import { CORE_SCENARIOS } from './scenarios/core.js';
import { SEARCH_SCENARIOS } from './scenarios/search.js';
import { loadSuite } from './suites/load.js';
import { scenarioSuite } from './suites/scenario-suite.js';
import type { Suite } from './suites/suite.js';

const SUITES: Readonly<Record<string, Suite>> = {
  core: scenarioSuite('core', CORE_SCENARIOS),
  search: scenarioSuite('search', SEARCH_SCENARIOS),
  load: loadSuite,
};

const say = (line: string): void => console.error(line);

/** Runs suites at one size, on one data set that is made when the first of them asks for it. */
async function runAt(size: number, suites: readonly Suite[], options: BenchOptions): Promise<void> {
  const { shape, scenarios, users, seconds, warmUpSeconds, keep } = options;
  const cacheGb = cacheFor(options, size);
  let prepared: Promise<PreparedDataSet> | undefined;
  const dataSet = (): Promise<PreparedDataSet> => {
    prepared ??= prepareDataSet({ shape, size }, { ...(keep === undefined ? {} : { keep }), cacheGb, say });
    return prepared;
  };
  try {
    for (const suite of suites) {
      const result = await suite({ shape, size, scenarios, users, seconds, warmUpSeconds, cacheGb, say, dataSet });
      console.log(`${result.suite}, ${size} patients, ${shape}; rate · p50 / p95 / p99 in ms`);
      for (const line of printedTable(result)) console.log(line);
      if (scenarios.length === 0) console.log(`${await writeResult(options.results, result)}\n`);
    }
  } finally {
    await (await prepared?.catch(() => undefined))?.dispose();
  }
}

async function main(args: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = benchOptions(args);
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  if (options.suite === 'report') {
    for (const path of await writeReport(options.results)) console.log(path);
    return 0;
  }
  const suite = SUITES[options.suite];
  const suites = options.suite === 'all' ? Object.values(SUITES) : suite ? [suite] : [];
  if (suites.length === 0) {
    console.error(`suite? ${[...Object.keys(SUITES), 'all', 'report'].join(', ')}`);
    return 2;
  }
  for (const size of options.sizes) await runAt(size, suites, options);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
