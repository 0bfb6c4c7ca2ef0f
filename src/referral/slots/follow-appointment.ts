import type { Appointment, Resource, Slot } from '@medplum/fhirtypes';
import { holdsSlots } from '../../fhir/claims.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { WriteBuilder } from '../../fhir/write-builder.js';
import { withFreed } from './slot-booking.js';

const isAppointment = (resource: Resource | undefined): resource is Appointment =>
  resource?.resourceType === 'Appointment';

/** Ids of the slots that an appointment keeps from others. */
export const heldSlots = (appointment: Appointment | undefined): readonly string[] =>
  appointment && holdsSlots(appointment.status)
    ? (appointment.slot ?? []).flatMap(({ reference }) => {
        const target = localTarget(reference ?? '');
        return target?.type === 'Slot' ? [target.id] : [];
      })
    : [];

async function setSlot(builder: WriteBuilder, id: string, status: 'busy' | 'free'): Promise<void> {
  // `$book` and its kin have written it already.
  if (builder.writes.some(({ type, doc }) => type === 'Slot' && doc._id === id)) return;
  const stored = await builder.context.store.read('Slot', id);
  if (!stored || stored.del) return;
  const slot = resourceOf<Slot & { id: string }>(stored);
  const from = status === 'busy' ? 'free' : 'busy';
  if (slot.status !== from || (status === 'free' && Date.parse(slot.start) <= builder.now.getTime())) return;
  builder.update(stored, withFreed({ ...slot, status }, status === 'free' ? builder.now.toISOString() : undefined));
}

/**
 * Follows the writes of Appointments (hook `beforeCommit`), in the same transaction: a slot that one keeps is busy, one that is
 * given up before its time is free again, whichever way the Appointment is written.
 */
export async function followAppointments(builder: WriteBuilder): Promise<void> {
  for (const write of builder.writes.filter(({ type }) => type === 'Appointment')) {
    const after = builder.resourceOf(write);
    const replaced = builder.replaced(write);
    const before = replaced && !replaced.del && replaced.json !== '' ? resourceOf(replaced) : undefined;
    const kept = new Set(heldSlots(isAppointment(after) ? after : undefined));
    for (const id of kept) await setSlot(builder, id, 'busy');
    for (const id of heldSlots(isAppointment(before) ? before : undefined))
      if (!kept.has(id)) await setSlot(builder, id, 'free');
  }
}
