import type { QuietHours } from '../../config/notification-settings.js';
import { OFFSET_MS } from '../../config/honduras-time.js';
import type { MessageKey } from './message-texts.js';

/** What is said at any hour: an emergency cannot wait for the morning. */
const AT_ANY_HOUR: ReadonlySet<MessageKey> = new Set(['inTransit', 'notArrived']);
/** A visit that begins so soon after the quiet hours is told in the night: in the morning it would be too late to set out. */
const NEEDED_BEFORE_MS = 3 * 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Until when a short message waits; undefined when it may leave now.
 * @param visit FHIR instant of the visit that it tells of
 */
export function quietUntil(
  quiet: QuietHours | undefined,
  now: Date,
  { key, visit }: { readonly key: MessageKey; readonly visit?: string | undefined },
): Date | undefined {
  if (!quiet || AT_ANY_HOUR.has(key)) return undefined;
  const midnight = Math.floor((now.getTime() - OFFSET_MS) / DAY_MS) * DAY_MS + OFFSET_MS;
  const minute = (now.getTime() - midnight) / MINUTE_MS;
  const { from, to } = quiet;
  const overnight = from > to;
  const isQuiet = overnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return undefined;
  const end = new Date(midnight + to * MINUTE_MS + (overnight && minute >= from ? DAY_MS : 0));
  const soon = visit !== undefined && Date.parse(visit) < end.getTime() + NEEDED_BEFORE_MS;
  return soon ? undefined : end;
}
