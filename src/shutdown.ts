import type { Progress } from './progress.js';

/** Whatever is not closed by then is left: mongod's watcher and its journal take care of the data. */
const DEADLINE_MS = 10_000;

/** What must be closed when the process ends, and the one way to end it. */
export interface Shutdown {
  /** True once the end has begun: what is still starting should not go on. */
  isClosing(): boolean;
  /** Adds a closing step; steps run in reverse order of their opening. */
  add(step: () => Promise<unknown>): void;
  /** Closes everything once and leaves with the exit code; further calls wait for the first. */
  run(exitCode: number): Promise<never>;
}

/**
 * Ends the process in order on SIGINT and SIGTERM; a second signal ends it at once, and so does the deadline of 10 s.
 */
export function installShutdown(progress: Progress): Shutdown {
  const steps: (() => Promise<unknown>)[] = [];
  let running: Promise<never> | undefined;

  async function closeAll(exitCode: number): Promise<never> {
    const late = setTimeout(() => {
      progress.say({ es: 'El cierre tardó demasiado', en: 'closing took too long' });
      process.exit(1);
    }, DEADLINE_MS);
    let code = exitCode;
    for (const step of steps.reverse()) {
      await step().catch((error: unknown) => {
        code = 1;
        progress.say({ es: `Al cerrar: ${String(error)}`, en: 'while closing' });
      });
    }
    clearTimeout(late);
    process.exit(code);
  }

  const run = (exitCode: number): Promise<never> => (running ??= closeAll(exitCode));
  const onSignal = (): void => {
    if (running) process.exit(1);
    progress.say({ es: 'Cerrando: se terminan las peticiones en curso', en: 'closing: running requests are finished' });
    void run(0);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    isClosing: () => running !== undefined,
    add: (step) => void steps.push(step),
    run,
  };
}
