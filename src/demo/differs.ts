import { isStartupError } from '../startup-error.js';
import { refusalText } from './refusal-text.js';

/** Something is not as the demonstration expects; the message says what, in Spanish. */
export class Differs extends Error {
  override readonly name = 'Differs';
}

/**
 * Words for why a step failed: our own finding, or the service's refusal.
 * Throws on a StartupError: without the service there are no further steps.
 */
export function whyText(error: unknown): string {
  if (isStartupError(error)) throw error;
  return error instanceof Differs ? error.message : refusalText(error);
}
