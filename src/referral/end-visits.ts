import type { Appointment, CodeableConcept } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import { changeAppointment } from './appointments.js';
import type { Move } from './move-operation.js';
import { visitsOf } from './standing-facts.js';

/** Appointments that somebody still counts on. */
const EXPECTED: ReadonlySet<Appointment['status']> = new Set([
  'proposed',
  'pending',
  'booked',
  'waitlist',
  'checked-in',
  'arrived',
]);

/** Why an appointment goes when its referral ends. */
export const appointmentReason = (code: 'other-referral-ended' | 'patient-deceased'): CodeableConcept => ({
  coding: [{ system: codeSystemUrl('cancel-reason'), code }],
});

/**
 * Takes back what a referral that ends without care had in view: its appointment is cancelled (one that was missed stays
 * missed), a visit that had not begun is cancelled. A visit that begins meanwhile makes the move fail.
 */
export async function endVisits(move: Move, reason: CodeableConcept): Promise<void> {
  const { builder, context, now, referral } = move;
  await changeAppointment(move, (before) =>
    EXPECTED.has(before.status) ? { ...before, status: 'cancelled', cancelationReason: reason } : undefined,
  );
  for (const { stored, resource } of await visitsOf(context, referral)) {
    const waits = resource.status === 'planned' || resource.status === 'arrived' || resource.status === 'triaged';
    if (waits)
      builder.update(stored, {
        ...resource,
        status: 'cancelled',
        period: { ...resource.period, end: now.toISOString() },
      });
  }
}
