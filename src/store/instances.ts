import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { mongo } from 'mongoose';
import { v7 } from 'uuid';
import type { SealHead, SealLink } from './seals.js';

/** A process that writes audit records, alive or not. Kept for ever: `audit verify` knows from it what must exist. */
export interface Instance {
  /** Process id in records and seals. */
  readonly _id: string;
  readonly host: string;
  readonly pid: number;
  /** Run of the Node process, because a container may give the same pid again. */
  readonly run: string;
  readonly started: Date;
  /** Last heartbeat, server time. */
  readonly at: Date;
  /** Its newest seal. */
  readonly head?: SealHead;
  /** How it ended; absent while it lives or nobody has recovered it. */
  readonly ended?: 'closed' | 'recovered';
}

/** Where a process runs, as far as others can see from outside. */
export type Whereabouts = Pick<Instance, 'host' | 'pid' | 'run'>;

/** A heartbeat each 2 s; nothing heard for 15 s means dead. */
export const BEAT_MS = 2_000;
export const STALE_MS = 15_000;
/** Links of a new process to older ones: all that changed lately, not the whole past. */
const MOST_LINKS = 50;

const thisRun = v7();

/** Processes of different containers may share names and numbers but never the namespace of their pids. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'pid';
  }
}

/** Whereabouts of this process. */
export const here = (): Whereabouts => ({
  host: `${hostname()} ${pidNamespace()}`,
  pid: process.pid,
  run: thisRun,
});

/** The `instances` collection, written and read with majority. */
export const instancesOf = (db: mongo.Db): mongo.Collection<Instance> =>
  db.collection<Instance>('instances', { readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } });

/** Makes a process known or says that it is still there: with the server's time and its newest seal. */
export async function beat(
  db: mongo.Db,
  instance: Omit<Instance, 'started' | 'at' | 'ended'>,
  ended?: Instance['ended'],
): Promise<void> {
  const { _id, ...fields } = instance;
  const times = { started: { $ifNull: ['$started', '$$NOW'] }, at: '$$NOW' };
  const step = [
    { $set: { ...fields, ...times, ...(ended ? { ended } : {}) } },
    ...(ended ? [] : [{ $unset: 'ended' }]),
  ];
  await instancesOf(db).updateOne({ _id }, step, { upsert: true });
}

function pidLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

/** True when a process is certainly gone: its pid, seen from the same place, belongs to nobody or to a later run. */
function isGone(instance: Instance, from: Whereabouts): boolean {
  if (instance.host !== from.host) return false;
  return instance.pid === from.pid ? instance.run !== from.run : !pidLives(instance.pid);
}

/** An instance with what the server's clock says about it. */
export interface Sighting {
  readonly instance: Instance;
  /** Milliseconds since its last heartbeat. */
  readonly silentMs: number;
  readonly dead: boolean;
}

/** Every process that has not ended, with the server's judgement of its age; dead ones marked. */
export async function sightings(db: mongo.Db, from: Whereabouts, staleMs: number = STALE_MS): Promise<Sighting[]> {
  const found = await instancesOf(db)
    .aggregate<Instance & { silentMs: number }>([
      { $match: { ended: { $exists: false } } },
      { $set: { silentMs: { $subtract: ['$$NOW', '$at'] } } },
    ])
    .toArray();
  return found.map(({ silentMs, ...instance }) => ({
    instance,
    silentMs,
    dead: silentMs > staleMs || isGone(instance, from),
  }));
}

/** Newest seals of other processes, those heard of last first. */
export async function otherHeads(db: mongo.Db, process: string): Promise<SealLink[]> {
  const found = await instancesOf(db)
    .find({ _id: { $ne: process }, head: { $exists: true } }, { projection: { head: 1 } })
    .sort({ at: -1 })
    .limit(MOST_LINKS)
    .toArray();
  return found.flatMap(({ _id, head }) => (head ? [{ p: _id, seq: head.seq, hash: head.hash }] : []));
}
