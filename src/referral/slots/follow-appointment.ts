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
  const changes = builder.writes.flatMap((write) => {
    if (write.type !== 'Appointment') return [];
    const after = builder.resourceOf(write);
    const replaced = builder.replaced(write);
    const before = replaced && !replaced.del && replaced.json !== '' ? resourceOf(replaced) : undefined;
    return [{ before, after }];
  });
  const slotsOf = (one: Resource | undefined): readonly string[] => heldSlots(isAppointment(one) ? one : undefined);
  // What one gives up another of the same plan may take over.
  const kept = new Set(changes.flatMap(({ after }) => slotsOf(after)));
  for (const id of kept) await setSlot(builder, id, 'busy');
  for (const id of changes.flatMap(({ before }) => slotsOf(before)))
    if (!kept.has(id)) await setSlot(builder, id, 'free');
}
