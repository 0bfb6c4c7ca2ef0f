import { refusalText } from './refusal-text.js';

/** Something is not as the demonstration expects; the message says what, in Spanish. */
export class Differs extends Error {
  override readonly name = 'Differs';
}

/** Words for what went wrong: our own finding, or the service's refusal. */
export const whyText = (error: unknown): string => (error instanceof Differs ? error.message : refusalText(error));
