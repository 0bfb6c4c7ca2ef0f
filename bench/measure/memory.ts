import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Resident memory of a process over a run, MiB. */
export interface MemoryUse {
  readonly before: number;
  /** Highest of the samples under load. */
  readonly peak: number;
  /** Some seconds after the load has ended. */
  readonly after: number;
}

const MIB = 1_024;
const EVERY_MS = 500;
const REST_MS = 5_000;

/** Resident memory of a process now, MiB: `/proc` on Linux, `ps` elsewhere. Throws when there is no such process. */
export async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  const text =
    status === undefined
      ? (await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])).stdout
      : (/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? '');
  const kilobytes = Number(text);
  if (!(kilobytes > 0)) throw new Error(`no memory figure of process ${pid}`);
  return Math.round(kilobytes / MIB);
}

/**
 * Watches the memory of a process while work goes on.
 * @param restMs pause between the end of the work and the last look
 */
export async function watchMemory<T>(
  pid: number,
  work: () => Promise<T>,
  restMs = REST_MS,
): Promise<{ result: T; memory: MemoryUse }> {
  const before = await residentMiB(pid);
  let peak = before;
  const timer = setInterval(() => {
    residentMiB(pid).then(
      (now) => (peak = Math.max(peak, now)),
      () => undefined,
    );
  }, EVERY_MS);
  try {
    const result = await work();
    peak = Math.max(peak, await residentMiB(pid));
    await new Promise((resolve) => setTimeout(resolve, restMs));
    return { result, memory: { before, peak, after: await residentMiB(pid) } };
  } finally {
    clearInterval(timer);
  }
}
