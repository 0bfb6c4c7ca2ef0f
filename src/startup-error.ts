import { bilingual } from './words.js';
import type { Words } from './words.js';

/**
 * Something an operator must put right before the service can run: configuration, data folder, database, port.
 * Never reaches an HTTP client (those get a ServiceError); `main` and `cli` print its lines and leave with code 1.
 */
export class StartupError extends Error {
  /** What is wrong and what to do, one line each. */
  readonly lines: readonly Words[];

  constructor(lines: Words | readonly Words[], options: { cause?: unknown } = {}) {
    const list = 'es' in lines ? [lines] : lines;
    super(list.map((line) => line.en).join(' '), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StartupError';
    this.lines = list;
  }

  /** The text for the terminal: one bilingual line per problem. */
  get text(): string {
    return this.lines.map(bilingual).join('\n');
  }
}

export const isStartupError = (error: unknown): error is StartupError => error instanceof StartupError;
