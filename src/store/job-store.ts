import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { Finding } from '../errors.js';
import type { Job, JobOwner, JobStep, NewJob } from './job.js';
import { JobFiles, SENT } from './job-files.js';

/** A finished job is kept this long for its client. */
export const KEPT_HOURS = 24;
const KEPT_MS = KEPT_HOURS * 3_600_000;
const MAJORITY = { writeConcern: { w: 'majority' } } as const;
/** A file is written before its job or step: younger ones than this may still find theirs, ms. */
const ORPHAN_MS = 3_600_000;
const OPEN = ['waiting', 'running'] as const;

/**
 * Jobs of all processes over one database. Who carries a job out holds it for a time (a lease by the server's clock, as in
 * `lease.ts`); when that process dies the next one takes it where it stands. Every step is conditional on the holding, so
 * that a process which was paused and comes back late changes nothing.
 */
export class JobStore {
  readonly files: JobFiles;
  readonly #jobs: mongo.Collection<Job>;

  constructor(db: mongo.Db) {
    this.#jobs = db.collection<Job>('jobs');
    this.files = new JobFiles(db);
  }

  async add({ waitMs, ...job }: NewJob): Promise<void> {
    const now = new Date();
    const waiting = {
      at: now,
      state: 'waiting',
      due: new Date(+now + waitMs),
      tries: 0,
      parts: [],
      progress: '',
    } as const;
    await this.#jobs.insertOne({ ...job, ...waiting }, MAJORITY);
  }

  /** The job when it is this owner's; undefined for everybody else, and when there is none. */
  async find(id: string, owner: JobOwner): Promise<Job | undefined> {
    const { sub, role, facility } = owner;
    const mine = { _id: id, 'owner.sub': sub, 'owner.role': role, 'owner.facility': facility };
    return (await this.#jobs.findOne(mine)) ?? undefined;
  }

  /** Jobs of an owner's account that are not finished. */
  countOpen({ sub }: JobOwner): Promise<number> {
    return this.#jobs.countDocuments({ 'owner.sub': sub, state: { $in: [...OPEN] } });
  }

  /** Jobs of an owner's account that are kept, finished or not, and when the first of them goes. */
  async countKept({ sub }: JobOwner): Promise<{ count: number; until?: Date }> {
    const kept = { 'owner.sub': sub, $or: [{ expires: { $exists: false } }, { expires: { $gt: new Date() } }] };
    const found = await this.#jobs.find(kept, { projection: { expires: 1 } }).toArray();
    const [until] = found.flatMap(({ expires }) => expires ?? []).sort((a, b) => +a - +b);
    return { count: found.length, ...(until ? { until } : {}) };
  }

  /** Takes the oldest job that is due, for `ttlMs`; undefined when there is none. */
  async take(ttlMs: number): Promise<(Job & { readonly run: string }) | undefined> {
    const due = { state: { $in: [...OPEN] }, $expr: { $lte: ['$due', '$$NOW'] } };
    const run = randomUUID();
    const held = { state: 'running', run, due: { $add: ['$$NOW', ttlMs] }, tries: { $add: ['$tries', 1] } };
    const options = { sort: { at: 1 }, returnDocument: 'after', ...MAJORITY } as const;
    const taken = await this.#jobs.findOneAndUpdate(due, [{ $set: held }], options);
    return taken ? { ...taken, run } : undefined;
  }

  async #change(id: string, run: string, change: mongo.UpdateFilter<Job> | object[]): Promise<boolean> {
    const { matchedCount } = await this.#jobs.updateOne({ _id: id, run, state: 'running' }, change, MAJORITY);
    return matchedCount === 1;
  }

  /** Holds it for another `ttlMs`; false when it has passed on, or was cancelled. */
  renew(id: string, run: string, ttlMs: number): Promise<boolean> {
    return this.#change(id, run, [{ $set: { due: { $add: ['$$NOW', ttlMs] } } }]);
  }

  /** Remembers a step; false when the job has passed on, or was cancelled: the step then has not taken place. */
  save(id: string, run: string, { position, parts = [], progress }: JobStep): Promise<boolean> {
    return this.#change(id, run, {
      $set: { position, tries: 0, ...(progress === undefined ? {} : { progress }) },
      ...(parts.length > 0 ? { $push: { parts: { $each: [...parts] } } } : {}),
    });
  }

  /** Ends it; what was sent to be worked on goes, what came of it stays for its time. */
  async finish(id: string, run: string, findings?: readonly Finding[]): Promise<boolean> {
    const expires = new Date(Date.now() + KEPT_MS);
    const ended = await this.#change(id, run, {
      $set: { expires, ...(findings ? { state: 'failed', findings: [...findings] } : { state: 'done' }) },
    });
    if (ended) await this.files.removeAll(id, SENT);
    return ended;
  }

  /** Gives it back, to be taken after `waitMs`. */
  async release(id: string, run: string, waitMs = 0): Promise<void> {
    await this.#change(id, run, [{ $set: { state: 'waiting', due: { $add: ['$$NOW', waitMs] } } }]);
  }

  /** Ends a job and deletes what it made. */
  async remove(id: string): Promise<void> {
    await this.#jobs.deleteOne({ _id: id }, MAJORITY);
    await this.files.removeAll(id);
  }

  /** Deletes what has expired, and files whose job is gone. Returns the number of jobs deleted. */
  async sweep(now: Date = new Date()): Promise<number> {
    const expired = await this.#jobs.find({ expires: { $lte: now } }, { projection: { _id: 1 } }).toArray();
    for (const { _id } of expired) await this.remove(_id);
    const withFiles = await this.files.jobs(new Date(+now - ORPHAN_MS));
    const alive = await this.#jobs.find({ _id: { $in: withFiles } }, { projection: { _id: 1 } }).toArray();
    const known = new Set(alive.map(({ _id }) => _id));
    for (const job of withFiles.filter((id) => !known.has(id))) await this.files.removeAll(job);
    return expired.length;
  }
}
