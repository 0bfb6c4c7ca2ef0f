import type { Appointment } from '@medplum/fhirtypes';
import { spokenTime } from '../config/spoken-time.js';
import type { Finding } from '../errors.js';
import type { Move } from './move-operation.js';
import { warnSameDay } from './same-day-visits.js';
import { warnPractitionerBusy } from './slots/practitioner-visits.js';
import { awayUntil } from './unavailability.js';

/** A warning when the person said not to be able to come at the time of the appointment; the desk may know better by now. */
function warnAway({ builder, referral }: Move): readonly Finding[] {
  return builder.writes.flatMap((write): Finding[] => {
    if (write.type !== 'Appointment' || write.method !== 'create') return [];
    const { start } = (builder.resourceOf(write) ?? {}) as Partial<Appointment>;
    const until = start === undefined ? undefined : awayUntil(referral.leg.task, new Date(start));
    if (!until) return [];
    const params = { es: spokenTime(until, 'es'), en: spokenTime(until, 'en') };
    return [{ code: 'patient-away', severity: 'warning', params, expression: 'start' }];
  });
}

/**
 * What whoever books should know: another journey of the person on that day, another visit of whoever attends at that time,
 * or a time in which the person cannot come.
 */
export const warnBooking = async (move: Move): Promise<readonly Finding[]> => [
  ...(await warnSameDay(move)),
  ...(await warnPractitionerBusy(move)),
  ...warnAway(move),
];
