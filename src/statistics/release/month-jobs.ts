import { randomUUID } from 'node:crypto';
import { fault, type Finding, isServiceError } from '../../errors.js';
import { logger } from '../../logger.js';
import type { Store } from '../../store/store.js';
import type { ReleaseStep } from './release-documents.js';

/** Steps that take many seconds. */
export type LongStep = Exclude<ReleaseStep, 'approve'>;

/** Protecting and auditing a month takes up to a minute: it goes on while the person waits, or leaves. */
interface JobDocument {
  /** `job|YYYY-MM`: one at a time for each month. */
  readonly _id: string;
  readonly kind: 'job';
  readonly step: LongStep;
  /** Of one run. */
  readonly run: string;
  readonly by: string;
  readonly startedAt: Date;
  /** Last sign of life; a run without one for a while died with its process. */
  readonly aliveAt: Date;
  readonly state: 'running' | 'done' | 'failed';
  readonly findings?: readonly Finding[];
}

/** How the last piece of work on a month stands. */
export interface JobView {
  readonly step: LongStep;
  readonly state: 'running' | 'done' | 'failed' | 'interrupted';
  readonly by: string;
  readonly startedAt: Date;
  /** Why it failed. */
  readonly findings: readonly Finding[];
}

export interface Job {
  readonly month: string;
  readonly step: LongStep;
  /** Account that started it. */
  readonly by: string;
  /** @param signal the service is stopping */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
}

export interface MonthJobs {
  /**
   * Starts work on a month.
   * @returns when it has ended, or after a moment when it takes longer
   * @throws ServiceError 409 while somebody else works on the month, and what the work throws within that moment
   */
  start(job: Job): Promise<void>;
  /** The last work on each month that has any. */
  of(months: readonly string[]): Promise<ReadonlyMap<string, JobView>>;
  /** Ends the work of this process; waits until it has. */
  close(): Promise<void>;
}

const HEARTBEAT_MS = 5_000;
const DEAD_AFTER_MS = 30_000;
/** A person waits this long for a page before being told how it goes. */
const PATIENCE_MS = 1_500;
const DUPLICATE_KEY = 11_000;
const majority = { writeConcern: { w: 'majority' as const } };

const jobId = (month: string): string => `job|${month}`;

const viewOf = ({ step, state, by, startedAt, aliveAt, findings = [] }: JobDocument): JobView => ({
  step,
  state: state === 'running' && Date.now() - aliveAt.getTime() > DEAD_AFTER_MS ? 'interrupted' : state,
  by,
  startedAt,
  findings,
});

/** Says in the store that a run begins. Throws ServiceError 409 while another one of the month is alive. */
async function claim(store: Store, { month, step, by }: Job): Promise<string> {
  const run = randomUUID();
  const now = new Date();
  const free = { $or: [{ state: { $ne: 'running' as const } }, { aliveAt: { $lt: new Date(+now - DEAD_AFTER_MS) } }] };
  const job = { kind: 'job', step, run, by, startedAt: now, aliveAt: now, state: 'running' } as const;
  try {
    await store
      .support<JobDocument>('statistics')
      .replaceOne({ _id: jobId(month), ...free }, job, { upsert: true, ...majority });
    return run;
  } catch (error) {
    if ((error as { code?: unknown }).code === DUPLICATE_KEY) throw fault('write-conflict');
    throw error;
  }
}

/** Work that goes on beside the requests of this process; how it stands is in the store. */
export function createMonthJobs(store: Store): MonthJobs {
  const jobs = () => store.support<JobDocument>('statistics');
  const running = new Set<Promise<void>>();
  const closing = new AbortController();

  const carryOut = async ({ month, step, work }: Job, run: string): Promise<void> => {
    const mine = { _id: jobId(month), run };
    const beat = setInterval(() => {
      jobs()
        .updateOne(mine, { $set: { aliveAt: new Date() } })
        .catch((error: unknown) =>
          logger.warn({ err: error, month, step }, 'work on a month cannot say that it is alive'),
        );
    }, HEARTBEAT_MS);
    try {
      await work(closing.signal);
      await jobs().updateOne(mine, { $set: { state: 'done' } }, majority);
    } catch (error) {
      const findings: readonly Finding[] = isServiceError(error)
        ? error.findings
        : [{ code: 'internal', params: { request: run } }];
      if (!isServiceError(error)) logger.error({ err: error, month, step, request: run }, 'work on a month failed');
      await jobs().updateOne(mine, { $set: { state: 'failed', findings } }, majority);
      throw error;
    } finally {
      clearInterval(beat);
    }
  };

  return {
    async start(asked) {
      const job = carryOut(asked, await claim(store, asked));
      // What goes wrong later is told by the job's own state.
      const settled = job.catch(() => undefined).finally(() => running.delete(settled));
      running.add(settled);
      await Promise.race([job, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    },
    async of(months) {
      const found = await jobs()
        .find({ _id: { $in: months.map(jobId) } })
        .toArray();
      return new Map(found.map((job) => [job._id.slice(jobId('').length), viewOf(job)]));
    },
    async close() {
      closing.abort(new Error('the service is stopping'));
      await Promise.all(running);
    },
  };
}
