import { COMMANDS } from './cli/commands.js';
import { runCommand } from './cli/run-command.js';
import { logger } from './logger.js';

// Standard output carries results only; what went wrong is told on standard error.
logger.level = 'silent';

process.exitCode = await runCommand(
  COMMANDS,
  process.argv.slice(2),
  { env: process.env, out: (line) => void process.stdout.write(`${line}\n`) },
  (text) => void process.stderr.write(`${text}\n`),
);
