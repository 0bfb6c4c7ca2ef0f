import type { Finding } from '../errors.js';

/** Kinds of work that is asked for now and fetched later. */
export type JobKind = 'export' | 'bundle';

/** Who may follow, cancel and fetch a job: the same account in the same role at the same facility. */
export interface JobOwner {
  readonly sub: string;
  readonly role: string;
  /** Organization id; null for those who work at none. */
  readonly facility: string | null;
}

/** A piece of a result that is complete: a file in GridFS. */
export interface JobPart {
  /** Id of the file. */
  readonly id: string;
  /** What it is a piece of, for example `output/Patient`. */
  readonly name: string;
  /** Lines or entries in it. */
  readonly count: number;
}

/** What a job needs to be carried out by any process; `task` is plain data of the room that the kind belongs to. */
export interface NewJob {
  readonly _id: string;
  readonly kind: JobKind;
  readonly owner: JobOwner;
  /** Address that was asked for, for the manifest. */
  readonly request: string;
  readonly task: Readonly<Record<string, unknown>>;
  /** Time that it waits before anybody starts it, ms. */
  readonly waitMs: number;
}

/** A job as it stands. */
export interface Job extends Omit<NewJob, 'waitMs'> {
  readonly at: Date;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** When somebody may take it: the end of its wait, or of the lease of who carries it out (server time). */
  readonly due: Date;
  /** Names one holding of it: whoever comes back late writes nothing any more. */
  readonly run?: string;
  /** Takes since it last came forward. */
  readonly tries: number;
  /** How far it has come; absent until it has come anywhere. */
  readonly position?: Readonly<Record<string, unknown>>;
  readonly parts: readonly JobPart[];
  /** For people, for example `Observation: 12000`. */
  readonly progress: string;
  /** Why it failed. */
  readonly findings?: readonly Finding[];
  /** When a finished one goes, with its files. */
  readonly expires?: Date;
}

/** A step forward: all of it, or nothing. */
export interface JobStep {
  readonly position: Readonly<Record<string, unknown>>;
  /** Parts that this step completed. */
  readonly parts?: readonly JobPart[];
  readonly progress?: string;
}
