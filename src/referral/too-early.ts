import { instantIn } from '../config/honduras-time.js';
import type { Finding } from '../errors.js';
import type { MoveName } from './moves.js';

/**
 * Finding of 422 `too-early` for a move that says that somebody did not come while they still may.
 * @param from FHIR dateTime from which on it can be said; none: at any time
 */
export function tooEarly(move: MoveName, from: string | undefined, now: Date): readonly Finding[] {
  if (from === undefined || new Date(from) <= now) return [];
  const moment = instantIn(new Date(from)).slice(0, 16).replace('T', ' ');
  return [{ code: 'too-early', params: { operation: `$${move}`, from: moment } }];
}
