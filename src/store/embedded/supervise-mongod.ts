import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../progress.js';
import { isStartupError, StartupError } from '../../startup-error.js';
import type { DataFolderLock } from './data-folder-lock.js';
import type { RunningMongod } from './launch-mongod.js';
import { launchPrimary } from './launch-primary.js';
import type { LaunchTarget } from './launch-primary.js';

/** A mongod that dies more often than this within the window is not started again. */
const RESTARTS = 3;
const WINDOW_MS = 60_000;

interface Supervision {
  readonly launch: LaunchTarget;
  readonly lock: DataFolderLock;
  readonly progress: Progress;
  /** Called when mongod has died and was given up. */
  readonly onFailure: (error: StartupError) => void;
}

/** The mongod of the moment. */
export interface SupervisedMongod {
  pid(): number;
  stop(): Promise<void>;
}

const givenUp = (error: unknown): StartupError =>
  isStartupError(error)
    ? error
    : new StartupError({
        es: `La base de datos terminó ${RESTARTS + 1} veces en un minuto; el servicio no puede seguir.`,
        en: `The database ended ${RESTARTS + 1} times within a minute; the service cannot go on.`,
      });

/**
 * Launches mongod, records its process in the lock file and starts it again when it dies
 * (the library does not). Writes wait meanwhile: the driver looks for a primary for 5 s.
 * @throws StartupError when the first launch fails
 */
export async function superviseMongod({ launch, lock, progress, onFailure }: Supervision): Promise<SupervisedMongod> {
  const deaths: number[] = [];
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();

  const start = async (): Promise<RunningMongod> => {
    const next = await launchPrimary(launch, () => void (restarting = restart()));
    await lock.describe({ port: launch.port, mongod: next.process });
    return next;
  };
  let running = await start();

  async function restart(): Promise<void> {
    if (stopping) return;
    const now = performance.now();
    deaths.push(now);
    if (deaths.filter((at) => now - at < WINDOW_MS).length > RESTARTS) return onFailure(givenUp(undefined));
    progress.say({ es: 'La base de datos terminó; se inicia de nuevo', en: 'the database ended; starting it again' });
    try {
      await sleep(100);
      running = await start();
    } catch (error) {
      onFailure(givenUp(error));
    }
  }

  return {
    pid: () => running.process.pid,
    async stop() {
      stopping = true;
      await restarting;
      await running.stop();
    },
  };
}
