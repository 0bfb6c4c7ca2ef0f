import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { claimsOf } from '../fhir/claims.js';
import { type GenerateOptions, generateCharts } from './generate-patients.js';
import type { Chart } from './history/chart.js';
import { loadAudit } from './load-audit.js';
import {
  type LoadContext,
  type LoadRecord,
  mergeLoads,
  type PreparedLoad,
  prepareRecords,
  writeRecords,
} from './load-records.js';

/** People written together. */
const BATCH = 100;

/** What a load of synthetic people did. */
export interface LoadReport {
  /** People that are new. */
  readonly patients: number;
  /** Records that are new. */
  readonly resources: number;
  /** People that were there from an earlier run. */
  readonly present: number;
  /** People left out because another record holds one of their numbers. */
  readonly conflicts: number;
  readonly seconds: number;
}

/** All records of one person, as a load needs them. */
export type PersonRecords = Pick<Chart, 'patientId' | 'person' | 'resources' | 'custodians'>;

const recordsOf = (chart: PersonRecords): LoadRecord[] =>
  chart.resources.map((resource) => {
    const own = chart.custodians.get(`${resource.resourceType}/${resource.id}`);
    return { resource, ...(own === undefined ? {} : { own }) };
  });

/** True when a personal number that the person would claim is another record's. */
async function conflicts({ store }: LoadContext, chart: PersonRecords): Promise<boolean> {
  const claims = claimsOf({ ...chart.person, id: chart.patientId });
  const holders = await Promise.all(claims.map(({ kind, value }) => store.claimHolder(kind, value)));
  return holders.some((holder, index) => holder !== undefined && holder.ref !== claims[index]?.ref);
}

/** Prepares chart by chart and lets the writes that are under way go on in between. */
async function prepareCharts(context: LoadContext, charts: readonly PersonRecords[]): Promise<PreparedLoad> {
  const loads: PreparedLoad[] = [];
  for (const chart of charts) {
    loads.push(prepareRecords(context, recordsOf(chart)));
    await setImmediate();
  }
  return mergeLoads(loads);
}

function* batchesOf(charts: Iterable<PersonRecords>): Generator<PersonRecords[]> {
  let batch: PersonRecords[] = [];
  for (const chart of charts) {
    batch.push(chart);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Writes synthetic people and their histories. Run again with the same seed it skips those who are there;
 * after an interrupted run it completes what is missing.
 * @param tell called with the number of people looked at so far
 * @param charts other people than the generated ones (benchmarks)
 * @throws ServiceError 422 when a generated record is not valid
 */
export async function loadPatients(
  context: LoadContext,
  options: GenerateOptions,
  tell: (done: number) => void = () => undefined,
  charts: Iterable<PersonRecords> = generateCharts(options),
): Promise<LoadReport> {
  const started = performance.now();
  const requestId = randomUUID();
  const sum = { patients: 0, resources: 0, present: 0, conflicts: 0 };
  let done = 0;
  // One batch is written while the next is made.
  let writing: Promise<void> = Promise.resolve();
  for (const batch of batchesOf(charts)) {
    const ids = batch.map(({ patientId }) => patientId);
    const present = new Set((await context.store.heads('Patient', ids)).map(({ _id }) => _id));
    const wanted = batch.filter(({ patientId }) => !present.has(patientId));
    const refused = await Promise.all(wanted.map((chart) => conflicts(context, chart)));
    const accepted = wanted.filter((_, index) => !refused[index]);
    const [prepared] = await Promise.all([prepareCharts(context, accepted), writing]);
    writing = writeRecords(context, prepared, requestId).then((written) => {
      sum.resources += written;
      sum.patients += accepted.length;
      sum.present += present.size;
      sum.conflicts += wanted.length - accepted.length;
      tell((done += batch.length));
    });
    // A failure is met at the next `await`; until then it must not count as unhandled.
    writing.catch(() => undefined);
  }
  await writing;
  const report = { ...sum, seconds: (performance.now() - started) / 1000 };
  await context.store.auditor.record(
    loadAudit(requestId, { seed: options.seed, patients: String(report.patients), records: String(report.resources) }),
  );
  return report;
}
