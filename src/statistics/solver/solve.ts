import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SolverMessage } from './solver-process.js';
import type { SolverTask, TaskInput, TaskOutput } from './solver-tasks.js';

/** The compiled program, or its source where sources run as they are (`tsx`, tests): the new process needs the loader too. */
const SOURCE = import.meta.url.endsWith('.ts');
const PROGRAM = fileURLToPath(new URL(SOURCE ? './solver-process.ts' : './solver-process.js', import.meta.url));
const LOADER = SOURCE ? ['--import', 'tsx'] : [];

/**
 * Runs a task of the solver in a process of its own: linear programmes take many seconds of pure computing, and
 * requests must be answered meanwhile.
 * @param signal ends the process; the promise then rejects with its reason
 * @throws Error when the task fails or the process dies; what the task wrote to stderr is on ours
 */
export async function solve<T extends SolverTask>(
  task: T,
  input: TaskInput<T>,
  signal?: AbortSignal,
): Promise<TaskOutput<T>> {
  signal?.throwIfAborted();
  // Maps travel as they are.
  const child = fork(PROGRAM, { execArgv: LOADER, serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] });
  const stop = (): void => void child.kill();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<TaskOutput<T>>((resolve, reject) => {
      child.once('message', resolve as (result: unknown) => void);
      child.once('error', reject);
      child.once('exit', (code, by) => {
        reject((signal?.reason as Error | undefined) ?? new Error(`the solver ended with ${code ?? by}`));
      });
      const message: SolverMessage<T> = { task, input };
      child.send(message);
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    child.kill();
  }
}
