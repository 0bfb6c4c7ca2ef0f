import type { Finding } from '../errors.js';
import type { Move } from './move-operation.js';
import { warnSameDay } from './same-day-visits.js';
import { warnPractitionerBusy } from './slots/practitioner-visits.js';

/** What whoever books should know: another visit of the person on that day, and another one of whoever attends at that time. */
export const warnVisit = async (move: Move): Promise<readonly Finding[]> => [
  ...(await warnSameDay(move)),
  ...(await warnPractitionerBusy(move)),
];
