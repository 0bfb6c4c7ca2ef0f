import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../../startup-error.js';
import type { Progress } from '../../progress.js';
import type { LockRecord } from './data-folder-lock.js';
import { isPortFree } from './free-port.js';
import { isRunning } from './process-identity.js';

const WAIT_MS = 30_000;
/** Its watcher stops a left mongod after about 5 s; when the watcher was killed too, we ask it to end. */
const ASK_AFTER_MS = 8_000;

/**
 * After a crash the database of the dead process may still be ending: waits for it (30 s at most).
 * @param left record in the dead process' lock; undefined when it ended as it should
 * @throws StartupError when the port is held by something else, or the old mongod does not end
 */
export async function waitForPrevious(
  port: number,
  left: LockRecord | undefined,
  progress: Progress,
  timing: { readonly waitMs: number; readonly askAfterMs: number } = { waitMs: WAIT_MS, askAfterMs: ASK_AFTER_MS },
): Promise<void> {
  const began = performance.now();
  const mongod = left?.mongod;
  let said = false;
  let asked = false;
  for (;;) {
    const alive = mongod !== undefined && isRunning(mongod);
    if (!alive && (await isPortFree(port))) return;
    const waited = performance.now() - began;
    if (!left || waited > timing.waitMs) break;
    if (!said) {
      progress.say({
        es: 'El servicio anterior terminó de golpe; se espera a que su base de datos cierre',
        en: 'the previous service ended abruptly; waiting for its database to close',
      });
      said = true;
    }
    if (alive && !asked && waited > timing.askAfterMs) {
      process.kill(mongod.pid, 'SIGTERM');
      asked = true;
    }
    await sleep(100);
  }
  throw new StartupError([
    {
      es: `El puerto ${port} de la base de datos está ocupado por otro programa.`,
      en: `The database's port ${port} is used by another program.`,
    },
    {
      es: `Ciérrelo (ss -ltnp | grep ${port} dice cuál es) o indique un puerto libre en MONGOD_PORT.`,
      en: `Close it (ss -ltnp | grep ${port} says which), or name a free port in MONGOD_PORT.`,
    },
  ]);
}
