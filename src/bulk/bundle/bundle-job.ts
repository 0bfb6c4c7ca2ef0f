import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import type { Caller } from '../../access/caller.js';
import { fault, isServiceError } from '../../errors.js';
import { etag } from '../../fhir/answer.js';
import { parseFhirJson } from '../../fhir/exact-json.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { type Dispatch, entryResult, failed, runEntry } from '../../fhir/interactions/batch.js';
import { batchEntries } from '../../fhir/interactions/bundle-entry.js';
import type { HistoryEntry } from '../../store/envelope.js';
import type { CurrentRights } from '../jobs/current-rights.js';
import type { JobHandler, RunningJob } from '../jobs/job-runner.js';
import { ANSWER } from './bundle-result.js';
import type { BundlePosition, BundleTask } from './bundle-task.js';

/** Entries between two saved steps. */
const ENTRIES = 25;
/** Entries that were begun together have ended by then, also on a machine that is nearly standing still, ms. */
const MOST_MS = 600_000;
/** Clocks of two processes may differ by this, ms. */
const CLOCKS_MS = 60_000;

const STATUS = { POST: '201 Created', PUT: '200 OK', DELETE: '204 No Content' } as const;

async function bundleIn({ store }: Pick<FhirContext, 'store'>, { bundle }: BundleTask): Promise<Bundle> {
  const pieces: Buffer[] = [];
  for await (const piece of store.jobs.files.read([bundle])) pieces.push(piece);
  return parseFhirJson(Buffer.concat(pieces).toString()).resource as Bundle;
}

const requestOf = ({ ip, prefer }: BundleTask, caller: Caller, id: string): FhirRequest => ({
  method: 'POST',
  id,
  caller,
  query: [],
  prefer,
  ...(ip === undefined ? {} : { ip }),
});

/** Each entry is a request with a number of its own: by it the history tells whether it was carried out. */
const entryId = (job: string, index: number): string => `${job}-${index}`;

/** What a process that died wrote without saving the answer, by request. */
async function writtenBefore(
  { store }: Pick<FhirContext, 'store'>,
  position: BundlePosition | undefined,
  requests: readonly string[],
): Promise<ReadonlyMap<string, readonly HistoryEntry[]>> {
  if (!position) return new Map();
  const begun = Date.parse(position.begun);
  const between = { from: new Date(begun - CLOCKS_MS), to: new Date(begun + MOST_MS) };
  const written = new Map<string, HistoryEntry[]>();
  for (const row of await store.walks.writtenBy(requests, between))
    written.set(row.req, [...(written.get(row.req) ?? []), row]);
  return written;
}

/** Answer to an entry that is known from the history only. */
const answeredBefore = (context: FhirContext, { type, id, vid, lu, method, json }: HistoryEntry): string =>
  entryResult(
    context,
    {
      status: STATUS[method],
      location: `${context.baseUrl}/${type}/${id}/_history/${vid}`,
      etag: etag(vid),
      lastModified: lu.toISOString(),
    },
    json,
  );

async function answerTo(
  context: FhirContext,
  request: FhirRequest,
  entry: BundleEntry,
  dispatch: Dispatch,
): Promise<string> {
  const { requested, refused } = batchEntries(
    { resourceType: 'Bundle', type: 'batch', entry: [entry] },
    context.baseUrl,
  );
  const [one] = requested;
  return one ? runEntry(context, request, one, dispatch) : failed(context, request, refused.get(0));
}

/** What a job needs beside itself. */
interface Means {
  readonly context: FhirContext;
  readonly dispatch: Dispatch;
  readonly rights: CurrentRights;
}

async function runBatch({ context, dispatch, rights }: Means, bundle: Bundle, running: RunningJob): Promise<void> {
  const { job, signal, save } = running;
  const task = job.task as unknown as BundleTask;
  const entries = bundle.entry ?? [];
  let known = job.position as unknown as BundlePosition | undefined;
  let next = known?.next ?? 0;
  if (!known) await save({ position: { next, begun: new Date().toISOString() } });
  while (next < entries.length) {
    const caller = await rights(job, task.caller);
    const some = entries.slice(next, next + ENTRIES);
    const ids = some.map((_, index) => entryId(job._id, next + index));
    const before = await writtenBefore(context, known, ids);
    known = undefined;
    const answers: string[] = [];
    for (const [index, entry] of some.entries()) {
      signal.throwIfAborted();
      const id = ids[index] ?? '';
      const [row] = before.get(id) ?? [];
      const request = requestOf(task, caller, id);
      answers.push(row ? answeredBefore(context, row) : await answerTo(context, request, entry, dispatch));
    }
    next += some.length;
    const part = await context.store.jobs.files.write(job._id, ANSWER, answers.join(','));
    await save({
      position: { next, begun: new Date().toISOString() },
      parts: [{ id: part, name: ANSWER, count: answers.length }],
      progress: `${next} / ${entries.length}`,
    });
  }
}

async function runTransaction(
  { context, dispatch, rights }: Means,
  bundle: Bundle,
  running: RunningJob,
): Promise<void> {
  const { job, save } = running;
  const task = job.task as unknown as BundleTask;
  const known = job.position as unknown as BundlePosition | undefined;
  if (known && known.next > 0) return;
  const written = [...(await writtenBefore(context, known, [job._id])).values()].flat();
  if (written.length > 0)
    throw fault('answer-lost', {
      written: written.map(({ _id }) => _id.replace(/\/(\d+)$/, '/_history/$1')).join(', '),
    });
  if (!known) await save({ position: { next: 0, begun: new Date().toISOString() } });
  const request = { ...requestOf(task, await rights(job, task.caller), job._id), body: bundle };
  let answer: string;
  try {
    const { body = '' } = await dispatch(context, request, '');
    answer = entryResult(context, { status: '200 OK' }, body);
  } catch (error) {
    if (!isServiceError(error) || error.status >= 500) throw error;
    answer = failed(context, request, error);
  }
  const part = await context.store.jobs.files.write(job._id, ANSWER, answer);
  await save({
    position: { next: 1, begun: new Date().toISOString() },
    parts: [{ id: part, name: ANSWER, count: 1 }],
  });
}

/**
 * Carries out a Bundle that was accepted earlier. After a crash no entry is carried out twice: what was begun and not saved is
 * looked for in the history, by the number of its request. Rights are looked at before each slice of a batch.
 */
export const bundleJob =
  (context: FhirContext, dispatch: Dispatch, rights: CurrentRights): JobHandler =>
  async (running) => {
    const task = running.job.task as unknown as BundleTask;
    const bundle = await bundleIn(context, task);
    const run = task.type === 'batch' ? runBatch : runTransaction;
    await run({ context, dispatch, rights }, bundle, running);
  };
