import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { packageRoot } from '../../src/config/paths.js';

/** The machine that a result was measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly mongod: string;
}

/** This machine. @param mongod version of the database */
export const thisMachine = (mongod: string): Machine => ({
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  mongod,
});

/** Commit of the code that runs, with `+` when files were changed since; `unknown` outside a repository. */
export function thisCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: packageRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', 'src', 'bench', 'package-lock.json', 'seed');
    const results = changed.split('\n').filter((line) => line !== '' && !line.includes('bench/results/'));
    return `${git('rev-parse', '--short', 'HEAD')}${results.length > 0 ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}
