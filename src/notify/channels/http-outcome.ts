import type { Outcome } from '../../store/delivery.js';

/** A client's mistake that passes: time-out, too early, too many (RFC 9110, RFC 6585, RFC 8470). */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** `Retry-After` in ms: seconds or a date (RFC 9110, 10.2.3); undefined when absent or not understood. */
function retryAfter(header: string | null | undefined, now: Date): number | undefined {
  if (header === null || header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** What an answer over HTTP means for a delivery. Redirects are not followed: whoever moved must tell us. */
export function httpOutcome(status: number, retryAfterHeader: string | null | undefined, now: Date): Outcome {
  if (status >= 200 && status < 300) return { state: 'sent' };
  const why = `http-${status}`;
  if (status < 500 && !PASSING.has(status)) return { state: 'dead', why };
  const afterMs = retryAfter(retryAfterHeader, now);
  return { state: 'retry', why, ...(afterMs === undefined ? {} : { afterMs }) };
}
