import { isStartupError } from '../startup-error.js';
import { bilingual } from '../words.js';
import { type CommandContext, type CommandRow, UsageError } from './command.js';

const line = ({ name, usage, help }: CommandRow): string =>
  `  ${`${name} ${usage}`.trim()}\n      ${help.es}\n      ${help.en}`;

/** Help text of a table of commands. */
export const helpText = (commands: readonly CommandRow[]): string =>
  ['npm run --silent cli -- MANDATO / COMMAND', ...commands.map(line)].join('\n');

/** True for wrong arguments: our own error, or the one of `parseArgs`. */
const isUsageError = (error: unknown): error is Error =>
  error instanceof UsageError || String((error as { code?: unknown } | null)?.code).startsWith('ERR_PARSE_ARGS');

/**
 * Runs one command of a table.
 * @param argv command and its arguments
 * @param complain writes a line to standard error
 * @returns exit code: 0 done, 1 could not be done, 2 called wrongly, else what the command says
 */
export async function runCommand(
  commands: readonly CommandRow[],
  argv: readonly string[],
  context: Omit<CommandContext, 'args'>,
  complain: (text: string) => void,
): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    context.out(helpText(commands));
    return 0;
  }
  const row = commands.find((command) => command.name === name);
  if (!row) {
    complain(bilingual({ es: `No existe el mandato «${name}».`, en: `There is no command "${name}".` }));
    complain(helpText(commands));
    return 2;
  }
  try {
    const command = await row.load();
    return await command({ ...context, args });
  } catch (error) {
    if (isStartupError(error)) {
      complain(error.text);
      return 1;
    }
    if (!isUsageError(error)) throw error;
    complain(error instanceof UsageError ? bilingual(error.words) : error.message);
    complain(line(row));
    return 2;
  }
}
