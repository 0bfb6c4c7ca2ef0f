import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from '../config/env.js';
import { packageRoot } from '../config/paths.js';
import { StartupError } from '../startup-error.js';

/** A service of its own for one demonstration. */
export interface TemporaryService {
  readonly url: string;
  /** Environment in which the command line finds this service's database. */
  readonly env: Environment;
  /** Stops the service and removes its folder. */
  stop(): Promise<void>;
}

/** Settings that would lead the service to data or addresses other than its own. */
const FOREIGN = ['MONGODB_URI', 'MONGODB_DATABASE', 'MONGOD_PORT', 'PUBLIC_URL', 'NODE_ENV', 'DEMO_DATA'] as const;

const READY = /^listo \/ ready: (\S+)/;
/** A service that does not end by itself after this long, ms, is ended. */
const PATIENCE_MS = 30_000;
/** Exit code of an interrupted command. */
const INTERRUPTED = 130;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Address that the service prints when it serves; undefined when it ends before that. */
async function readyAddress(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const url = READY.exec(line)?.[1];
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  return undefined;
}

/**
 * Starts the service on a temporary folder and a free port; what it says while it starts goes to standard error.
 * It ends with this process, also when somebody interrupts that.
 * @param env environment of the command
 * @throws StartupError when the service ends before it serves (it has said why)
 */
export async function startTemporaryService(env: Environment): Promise<TemporaryService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'referencia-demo-'));
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN.some((each) => each === name)));
  const settings = { ...own, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0' };
  // A group of its own: Ctrl+C reaches the service once, through `stop`, and not a second time from the terminal.
  const child = spawn(process.execPath, [join(packageRoot, 'dist', 'src', 'main.js')], {
    env: settings,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const end = async (): Promise<void> => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.kill('SIGTERM');
    await ended(child);
    clearTimeout(impatience);
    await rm(dataDir, { recursive: true, force: true });
  };
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    return (ending ??= end());
  };
  const interrupt = (): void => void stop().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const url = await readyAddress(child);
  if (url === undefined) {
    await stop();
    throw new StartupError({
      es: 'El servicio temporal no arrancó; arriba dice por qué.',
      en: 'The temporary service did not start; it says why above.',
    });
  }
  return { url, env: settings, stop };
}
