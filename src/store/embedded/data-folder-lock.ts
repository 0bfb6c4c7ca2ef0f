import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../../startup-error.js';
import { replaceFile } from './data-folder.js';
import { identityOf, isRunning } from './process-identity.js';

const identitySchema = z.object({ pid: z.int(), started: z.string().optional() });
const lockSchema = identitySchema.extend({
  since: z.string(),
  port: z.int().optional(),
  mongod: identitySchema.optional(),
});

/** Who uses a data folder: process, since when, and once it runs, the port and process of its database. */
export type LockRecord = z.output<typeof lockSchema>;

export interface DataFolderLock {
  /** Record that a dead process left behind; its mongod may still be ending. */
  readonly left: LockRecord | undefined;
  /** Adds what became known. */
  describe(facts: Pick<LockRecord, 'port' | 'mongod'>): Promise<void>;
  release(): Promise<void>;
}

const lockFile = (folder: string): string => join(folder, 'service.lock');

const parse = (text: string): LockRecord | undefined => {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // not ours to understand: treated as left behind
  }
};

const readLock = (folder: string): Promise<string | undefined> =>
  readFile(lockFile(folder), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });

/** Record of the live process that owns the folder, if there is one. */
export async function liveOwner(folder: string): Promise<LockRecord | undefined> {
  const record = parse((await readLock(folder)) ?? '');
  return record && isRunning(record) ? record : undefined;
}

/** Creates the lock file with its whole content in one step; false when there is one. */
async function create(folder: string, text: string): Promise<boolean> {
  const part = `${lockFile(folder)}.${process.pid}`;
  await writeFile(part, text, { mode: 0o600 });
  try {
    await link(part, lockFile(folder));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

/** Takes away a dead process' lock; puts back what another start has placed there in between. */
async function takeAway(folder: string, stale: string): Promise<void> {
  const aside = `${lockFile(folder)}.stale-${process.pid}`;
  await rename(lockFile(folder), aside).catch(() => undefined);
  const taken = await readFile(aside, 'utf8').catch(() => stale);
  if (taken !== stale) await link(aside, lockFile(folder)).catch(() => undefined);
  await rm(aside, { force: true });
}

const inUse = (folder: string, { pid, since, port }: LockRecord): StartupError =>
  new StartupError([
    {
      es: `Ya hay un servicio en marcha con la carpeta de datos ${folder}: proceso ${pid}, desde ${since}${port ? `, base de datos en el puerto ${port}` : ''}.`,
      en: `A service already runs on the data folder ${folder}: process ${pid}, since ${since}${port ? `, database on port ${port}` : ''}.`,
    },
    {
      es: `Deténgalo primero (kill ${pid}) o indique otra carpeta en DATA_DIR y otro PORT.`,
      en: `Stop it first (kill ${pid}), or name another folder in DATA_DIR and another PORT.`,
    },
  ]);

/**
 * Takes the folder for this process. mongod guards its files itself as well; this lock is there to say it early and in words.
 * @throws StartupError when a live process has it
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  let record: LockRecord = { ...identityOf(process.pid), since: new Date().toISOString() };
  const render = (): string => `${JSON.stringify(record)}\n`;
  let left: LockRecord | undefined;
  while (!(await create(folder, render()))) {
    const text = await readLock(folder);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder && isRunning(holder)) throw inUse(folder, holder);
    left = holder;
    await takeAway(folder, text);
  }
  return {
    left,
    async describe(facts) {
      record = { ...record, ...facts };
      await replaceFile(lockFile(folder), render());
    },
    async release() {
      if ((await readLock(folder)) === render()) await rm(lockFile(folder), { force: true });
    },
  };
}
