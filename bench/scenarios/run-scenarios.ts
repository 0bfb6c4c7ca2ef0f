import { closedLoop, type Work } from '../measure/closed-loop.js';
import {
  type BenchRow,
  type Measurement,
  ratioOf,
  type Sample,
  summarise,
  unsupported,
} from '../measure/measurement.js';
import { type Column, COLUMNS, type Parties, type Probe, probe } from './probe.js';
import { pick, type Scenario } from './scenario.js';

export interface RunOptions {
  /** Patients in the data set, for the rows. */
  readonly size: number;
  /** Callers at once; one row for each. */
  readonly users: readonly number[];
  /** Measured time of one cell. */
  readonly seconds: number;
  /** Warm-up of each column before the first cell, all scenarios mixed. */
  readonly warmUpSeconds: number;
  readonly say: (line: string) => void;
}

/** Stretches that make up the measured time of one cell, none shorter than a second unless the whole is. */
const MOST_ROUNDS = 3;
/** Callers while warming up. */
const WARM_UP_USERS = 8;
/** Part of a stretch that runs before it counts: the column before it has just left the database. */
const SETTLE = 0.1;

function workOf(column: Column, scenario: Scenario, { sample, ours, bare, work }: Parties): Work {
  if (column === 'raw') return async (n) => (await scenario.work(work, scenario.ask(sample, n))).length > 0;
  const target = column === 'ours' ? ours : bare;
  return async (n) =>
    (await target.send(scenario.ask(sample, n), { scenario: scenario.name })).status === scenario.status;
}

async function warmUp(
  scenarios: readonly Scenario[],
  probes: ReadonlyMap<Scenario, Probe>,
  parties: Parties,
  { warmUpSeconds, say }: RunOptions,
): Promise<void> {
  for (const column of COLUMNS) {
    const works = scenarios
      .filter((scenario) => probes.get(scenario)?.errors[column] === undefined)
      .map((scenario) => workOf(column, scenario, parties));
    if (works.length === 0 || warmUpSeconds === 0) continue;
    say(`warm-up, ${column} ...`);
    const mixed: Work = (n) => pick(works, n, 'work')(Math.floor(n / works.length));
    await closedLoop(mixed, { users: WARM_UP_USERS, seconds: 0, warmUpMs: warmUpSeconds * 1_000 });
  }
}

/** Measures one row, its columns in turns, so that what else happens on the machine meets all of them alike. */
async function measure(
  scenario: Scenario,
  columns: readonly Column[],
  parties: Parties,
  load: { users: number; seconds: number },
): Promise<Map<Column, Measurement>> {
  const samples = new Map<Column, Sample[]>(columns.map((column) => [column, []]));
  const rounds = Math.min(MOST_ROUNDS, Math.max(1, Math.floor(load.seconds)));
  const stretch = load.seconds / rounds;
  for (let round = 0; round < rounds; round += 1)
    for (const column of columns)
      samples.get(column)?.push(
        await closedLoop(workOf(column, scenario, parties), {
          users: load.users,
          seconds: stretch,
          warmUpMs: stretch * SETTLE * 1_000,
        }),
      );
  return new Map(columns.map((column) => [column, summarise(samples.get(column) ?? [])]));
}

/**
 * Measures scenarios in three columns on one database in one run: ours, the bare handler, the raw driver. Closed loop
 * without think time. A column whose first requests fail is not measured and says why.
 */
export async function runScenarios(
  scenarios: readonly Scenario[],
  parties: Parties,
  options: RunOptions,
): Promise<BenchRow[]> {
  const probes = new Map<Scenario, Probe>();
  for (const scenario of scenarios) probes.set(scenario, await probe(scenario, parties));
  await warmUp(scenarios, probes, parties, options);
  const rows: BenchRow[] = [];
  for (const [scenario, { errors, note }] of probes)
    for (const users of options.users) {
      options.say(`${scenario.name}, ${users} ...`);
      const columns = COLUMNS.filter((column) => errors[column] === undefined);
      const cells = await measure(scenario, columns, parties, { users, seconds: options.seconds });
      const of = (column: Column): Measurement => cells.get(column) ?? unsupported(errors[column] ?? 'not run');
      const [ours, bare, raw] = [of('ours'), of('bare'), of('raw')];
      const row = { scenario: scenario.name, size: options.size, users, ours, bare, raw, ratio: ratioOf(ours, bare) };
      rows.push(note === undefined ? row : { ...row, note });
    }
  return rows;
}
