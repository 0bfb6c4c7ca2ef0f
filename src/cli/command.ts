import type { Environment } from '../config/env.js';
import type { Words } from '../words.js';

/** What a command gets from the terminal. */
export interface CommandContext {
  /** Arguments behind the command's name. */
  readonly args: readonly string[];
  readonly env: Environment;
  /** Writes one line of the result to standard output. */
  readonly out: (line: string) => void;
}

/** Carries out a command; the result is the exit code. StartupError and UsageError become their text and a code. */
export type Command = (context: CommandContext) => Promise<number>;

/** The command was called with wrong arguments: its usage is shown, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(readonly words: Words) {
    super(words.en);
  }
}

/** A row of the table of commands. */
export interface CommandRow {
  readonly name: string;
  /** Arguments behind the name. */
  readonly usage: string;
  readonly help: Words;
  /** Loads the command's module when it is called, so that `token` does not wait for what the demo needs. */
  readonly load: () => Promise<Command>;
}
