import { setTimeout as sleep } from 'node:timers/promises';
import { isServiceError } from '../../errors.js';
import { logger } from '../../logger.js';
import type { Job, JobKind, JobStep } from '../../store/job.js';
import type { JobStore } from '../../store/job-store.js';

/** The job has passed to another process, or was cancelled: whatever this one still does, it writes nothing any more. */
export class JobLost extends Error {
  override readonly name = 'JobLost';
}

/** A job while this process carries it out. */
export interface RunningJob {
  readonly job: Job;
  /** Ends when the job is lost, or the service stops: the work throws, and goes on later where it was saved. */
  readonly signal: AbortSignal;
  /** Remembers a step. Throws JobLost when it does not count any more. */
  readonly save: (step: JobStep) => Promise<void>;
}

/** Carries out a job from its last saved step to its end. A ServiceError of the client's is its end, too. */
export type JobHandler = (running: RunningJob) => Promise<void>;

export interface JobRunnerOptions {
  /** Pause between two looks for work, ms. */
  readonly pollMs?: number;
  /** Time after which the job of a dead process is taken over, ms. */
  readonly leaseMs?: number;
  /** Time between two looks for what has expired, ms. */
  readonly sweepMs?: number;
}

export interface JobRunner {
  /** Lets go of the jobs of this process; the next one takes them where they stand. */
  close(): Promise<void>;
}

/** Jobs that one process carries out at once. */
const AT_ONCE = 2;
/** Tries without any step forward. */
const MOST_TRIES = 5;
/** After an error a job rests before it is tried again, ms. */
const REST_MS = 10_000;

const isClients = (error: unknown): boolean => isServiceError(error) && error.status < 500;

class Runner implements JobRunner {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #loop: Promise<void>;
  #sweptAt = 0;

  constructor(
    private readonly jobs: JobStore,
    private readonly handlers: Readonly<Record<JobKind, JobHandler>>,
    private readonly options: Required<JobRunnerOptions>,
  ) {
    this.#loop = this.#look();
  }

  async #look(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#turn().catch((error: unknown) => {
        logger.warn({ err: error }, 'jobs cannot be looked at');
      });
      await sleep(this.options.pollMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #turn(): Promise<void> {
    const { leaseMs, sweepMs } = this.options;
    while (this.#running.size < AT_ONCE && !this.#closing.signal.aborted) {
      const job = await this.jobs.take(leaseMs);
      if (!job) break;
      const work = this.#carryOut(job).finally(() => this.#running.delete(work));
      this.#running.add(work);
    }
    if (performance.now() - this.#sweptAt < sweepMs && this.#sweptAt > 0) return;
    this.#sweptAt = performance.now();
    await this.jobs.sweep();
  }

  async #carryOut(job: Job & { readonly run: string }): Promise<void> {
    const { _id, run, kind } = job;
    const lost = new AbortController();
    const signal = AbortSignal.any([lost.signal, this.#closing.signal]);
    const lose = (): void => lost.abort(new JobLost(`job ${_id} has passed on`));
    const renewing = setInterval(() => {
      // An answer that does not come is no loss yet: the next step tells.
      this.jobs.renew(_id, run, this.options.leaseMs).then(
        (still) => !still && lose(),
        () => undefined,
      );
    }, this.options.leaseMs / 3);
    const save = async (step: JobStep): Promise<void> => {
      signal.throwIfAborted();
      if (await this.jobs.save(_id, run, step)) return;
      await this.jobs.files.remove((step.parts ?? []).map(({ id }) => id));
      lose();
      throw new JobLost(`job ${_id} has passed on`);
    };
    try {
      // It may be what ends the processes.
      if (job.tries > 2 * MOST_TRIES) throw new Error('the job was interrupted again and again');
      await this.handlers[kind]({ job, signal, save });
      await this.jobs.finish(_id, run);
    } catch (error) {
      await this.#giveUp(job, lost.signal, error);
    } finally {
      clearInterval(renewing);
    }
  }

  async #giveUp({ _id, run, kind, tries }: Job & { run: string }, lost: AbortSignal, error: unknown): Promise<void> {
    if (lost.aborted) return;
    try {
      if (this.#closing.signal.aborted) await this.jobs.release(_id, run);
      else if (isServiceError(error) && isClients(error)) await this.jobs.finish(_id, run, error.findings);
      else {
        logger.error({ err: error, job: _id, kind }, 'a job was interrupted');
        if (tries < MOST_TRIES) await this.jobs.release(_id, run, REST_MS);
        else await this.jobs.finish(_id, run, [{ code: 'internal', params: { request: _id } }]);
      }
    } catch (cause) {
      // Its lease runs out, and another process takes it.
      logger.warn({ err: cause, job: _id }, 'a job could not be given back');
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the service is stopping'));
    await this.#loop;
    await Promise.all(this.#running);
  }
}

/** Looks for jobs and carries them out, beside the requests of this process and together with all other processes. */
export const createJobRunner = (
  jobs: JobStore,
  handlers: Readonly<Record<JobKind, JobHandler>>,
  options: JobRunnerOptions = {},
): JobRunner => new Runner(jobs, handlers, { pollMs: 1_000, leaseMs: 30_000, sweepMs: 600_000, ...options });
