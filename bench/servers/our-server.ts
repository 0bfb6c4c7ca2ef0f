import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config/paths.js';

/** Where a process of ours finds its database. */
export interface Place {
  readonly uri: string;
  readonly database: string;
}

/** A running service and how to end it. */
export interface RunningServer {
  readonly base: string;
  readonly pid: number;
  /** From the start of the process to its first answer with status 200, ms. */
  readonly firstAnswerMs: number;
  stop(): Promise<void>;
}

const environment = ({ uri, database }: Place, port: number): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'development',
  MONGODB_URI: uri,
  MONGODB_DATABASE: database,
  HOST: '127.0.0.1',
  PORT: String(port),
  LOG_LEVEL: 'error',
  // What is measured is what was asked for.
  REFERRAL_TIMERS: 'false',
});

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

/** Our service as its users run it, compiled, in a process of its own, on an open database and a free port. */
export async function startOurServer(place: Place): Promise<RunningServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js')], {
    cwd: packageRoot,
    env: environment(place, 0),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended(child);
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('listo / ready:') || child.pid === undefined) continue;
    child.stdout.resume();
    const base = line.slice('listo / ready:'.length).trim();
    const { status } = await fetch(`${base}/fhir/metadata`);
    if (status === 200) return { base, pid: child.pid, firstAnswerMs: Math.round(performance.now() - started), stop };
    await stop();
  }
  throw new Error('the service did not start');
}

/** Exit code of a command that does not exist or does not understand its arguments. */
const CALLED_WRONGLY = 2;

/** What a command of ours did. */
export interface CommandOutcome {
  readonly code: number;
  readonly output: string;
  /** First line of its complaint when it was called wrongly, else the last one. */
  readonly complaint: string;
}

/**
 * Runs a compiled program of ours against a database.
 * @param program below `dist`
 * @param port of the service that the command speaks for (tokens name their issuer)
 */
export async function runProgram(
  place: Place,
  program: string,
  args: readonly string[],
  port = 0,
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', program), ...args], {
    cwd: packageRoot,
    env: environment(place, port),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
    process.stderr.write(part);
  });
  await once(child, 'close');
  const code = child.exitCode ?? 1;
  const complaint =
    errors
      .trim()
      .split('\n')
      .at(code === CALLED_WRONGLY ? 0 : -1) ?? '';
  return { code, output: output.trim(), complaint };
}

/** A token of an account for a running service. Throws when there is none to be had. */
export async function tokenFor(place: Place, server: RunningServer, account: string): Promise<string> {
  const port = Number(new URL(server.base).port);
  const { code, output } = await runProgram(place, 'src/cli.js', ['token', account], port);
  if (code !== 0) throw new Error(`cli token ${account} ended with ${code}`);
  return output;
}
