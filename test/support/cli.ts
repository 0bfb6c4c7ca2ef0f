import { COMMANDS } from '../../src/cli/commands.js';
import { runCommand } from '../../src/cli/run-command.js';
import { databaseUri } from './database.js';
import type { TestService } from './service.js';

/** What a command said. */
export interface CliAnswer {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: string;
}

/** Runs a command of `npm run cli` on the database of a test service, as a process beside it would. */
export async function cli({ db }: Pick<TestService, 'db'>, ...argv: string[]): Promise<CliAnswer> {
  const out: string[] = [];
  const err: string[] = [];
  const env = { NODE_ENV: 'test', MONGODB_URI: databaseUri(db.databaseName), MONGODB_DATABASE: db.databaseName };
  const code = await runCommand(
    COMMANDS,
    argv,
    { env, out: (line) => void out.push(line) },
    (line) => void err.push(line),
  );
  return { code, out, err: err.join('\n') };
}
