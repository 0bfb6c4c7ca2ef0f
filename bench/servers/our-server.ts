import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config/paths.js';

/** A running child process and how to end it. */
export interface RunningServer {
  readonly base: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

/** Our service as its users run it, compiled, in a process of its own, on an open database. */
export async function startOurServer(uri: string, database: string, port: number): Promise<RunningServer> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/main.js')], {
    cwd: packageRoot,
    env: { ...process.env, MONGODB_URI: uri, MONGODB_DATABASE: database, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('listo / ready:')) {
      child.stdout.resume();
      return {
        base: line.slice('listo / ready:'.length).trim(),
        child,
        async stop() {
          child.kill('SIGTERM');
          await ended(child);
        },
      };
    }
  }
  throw new Error('the service did not start');
}

/** Runs a command of ours against the same database and gives what it printed. */
export async function runCommand(uri: string, database: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/cli.js'), ...args], {
    cwd: packageRoot,
    env: { ...process.env, MONGODB_URI: uri, MONGODB_DATABASE: database, PORT: process.env['PORT'] ?? '8080' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`cli ${args.join(' ')} ended with ${child.exitCode}`);
  return text;
}
