import { readFileSync } from 'node:fs';

/**
 * A process that can be told from a later one with the same number: pid and, on Linux, its start
 * (clock ticks since boot). Containers use pid 1 again at every start.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started?: string;
}

/** What Linux says about a process (proc(5), /proc/PID/stat); undefined without such a process or without /proc. */
function statOf(pid: number): { state: string | undefined; started: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 2, the command name, may hold spaces and parentheses: count after the last one. State is field 3, start 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

/** Identity of a running process. */
export function identityOf(pid: number): ProcessIdentity {
  const started = statOf(pid)?.started;
  return { pid, ...(started === undefined ? {} : { started }) };
}

/** True while that very process runs; one that has ended and waits for its parent (state Z) does not. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false; // EPERM: it runs, as somebody else
  }
  const stat = statOf(pid);
  if (!stat) return started === undefined;
  return stat.state !== 'Z' && (started === undefined || stat.started === started);
}
