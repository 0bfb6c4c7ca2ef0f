import { readFileSync } from 'node:fs';

/**
 * A process that can be told from a later one with the same number: pid and, on Linux, its start
 * (field 22 of /proc/PID/stat, clock ticks since boot). Containers use pid 1 again at every start.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started?: string;
}

function startOf(pid: number): string | undefined {
  try {
    // The command name in field 2 may hold spaces and parentheses: count after the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // no such process, or no /proc on this system
  }
}

/** Identity of a running process. */
export function identityOf(pid: number): ProcessIdentity {
  const started = startOf(pid);
  return { pid, ...(started === undefined ? {} : { started }) };
}

/** True while that very process runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false; // EPERM: it runs, as somebody else
  }
  return started === undefined || startOf(pid) === started;
}
