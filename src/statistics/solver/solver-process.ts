import { setPriority } from 'node:os';
import { SOLVER_TASKS, type SolverTask, type TaskInput } from './solver-tasks.js';

/** What the process is sent once it runs. */
export interface SolverMessage<T extends SolverTask = SolverTask> {
  readonly task: T;
  readonly input: TaskInput<T>;
}

/** People who wait for a page come first. */
const NICE = 5;

setPriority(NICE);
// Nobody is left to answer.
process.once('disconnect', () => process.exit());
process.once('message', ({ task, input }: SolverMessage) => {
  const run = SOLVER_TASKS[task] as (given: unknown) => Promise<unknown>;
  // What it throws ends the process, and its parent says so.
  void run(input).then((result) => process.send?.(result));
});
