import type { Appointment, AppointmentParticipant, Extension, Reference, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import type { Move } from './move-operation.js';
import { heldSlots } from './slots/follow-appointment.js';
import { matchingSlot } from './slots/matching-slot.js';
import { freeSlots, takeSlot, type WantedSlot, wantedSlot } from './slots/slot-booking.js';
import { lastOutput, type Linked, readLinked, withOutput } from './task-io.js';
import { PROFILES } from './vocabulary.js';
import { withAppointmentStart } from './work-scalars.js';

const accepted = (actor: Reference): AppointmentParticipant => ({
  actor: actor as AppointmentParticipant['actor'],
  status: 'accepted',
});

/** A contact that reached the patient, when the result says by which medium; other results stay in words. */
function contact({ values, now }: Move): Pick<Appointment, 'extension' | 'comment'> {
  const result = values.concept('contactResult');
  const medium = result?.coding?.find(({ system }) => system === codeSystemUrl('contact-medium'))?.code;
  if (medium === undefined)
    return { comment: result?.text ?? result?.coding?.[0]?.display ?? result?.coding?.[0]?.code };
  const extension: Extension = {
    url: extensionUrl('contact-attempt'),
    extension: [
      { url: 'time', valueDateTime: now.toISOString() },
      { url: 'medium', valueCode: medium },
      { url: 'reached', valueBoolean: true },
    ],
  };
  return { extension: [extension] };
}

/** Appointment that `$book` or `$reschedule` asks for: booked, for the patient and those who attend; a slot fills in the rest. */
function bookedAppointment(move: Move, slot: WantedSlot | undefined): Appointment {
  const { referral, values, now } = move;
  const { comment, extension } = contact(move);
  const location = values.reference('location') ?? slot?.location;
  const attending = values.references('participant');
  return {
    resourceType: 'Appointment',
    meta: { profile: [PROFILES.appointment] },
    ...(extension ? { extension } : {}),
    status: 'booked',
    ...(referral.resource.performerType ? { specialty: [referral.resource.performerType] } : {}),
    start: values.time('start') ?? slot?.resource.start,
    end: values.time('end') ?? slot?.resource.end,
    ...(slot ? { slot: [{ reference: `Slot/${slot.resource.id}` }] } : {}),
    created: now.toISOString(),
    ...(comment === undefined ? {} : { comment }),
    basedOn: [{ reference: `ServiceRequest/${referral.resource.id}` }],
    participant: [
      accepted(referral.resource.subject),
      ...(attending.length > 0 ? attending : (slot?.participants ?? [])).map(accepted),
      ...(location ? [accepted(location)] : []),
    ],
  };
}

/** Slot of what a move books: the one it names, else the free one at the very time that was typed. Throws 409 `slot-taken`. */
export const slotOf = async (move: Move): Promise<WantedSlot | undefined> =>
  (await wantedSlot(move)) ?? (await matchingSlot(move));

/** The same for a move that gives up the appointment in force: its slot stays when the time stays. */
export async function slotInstead(move: Move): Promise<WantedSlot | undefined> {
  const current = await currentAppointment(move);
  return (await wantedSlot(move)) ?? (await matchingSlot(move, new Set(heldSlots(current?.resource))));
}

/** Books what a move asks for, with its slot. Returns the leg with the appointment in force. */
export function bookAppointment(
  move: Move,
  slot: WantedSlot | undefined,
): { readonly task: Task; readonly end?: string } {
  if (slot) takeSlot(move, slot);
  const { id, start, end } = move.builder.create(bookedAppointment(move, slot));
  const reference = { valueReference: { reference: `Appointment/${id}` } };
  const task = withAppointmentStart(withOutput(move.referral.leg.task, 'appointment', reference), start);
  return { task, ...(end === undefined ? {} : { end }) };
}

/** The appointment in force of a move's leg. */
export const currentAppointment = ({ context, referral }: Move): Promise<Linked<Appointment> | undefined> =>
  readLinked<Appointment>(context, lastOutput(referral.leg.task, 'appointment'));

/**
 * Changes the appointment in force, when there is one; `change` may leave it as it is. Slots that it gives up are freed.
 * @param kept id of a slot that the next appointment takes over
 */
export async function changeAppointment(
  move: Move,
  change: (before: Appointment) => Appointment | undefined,
  kept?: string,
): Promise<void> {
  const found = await currentAppointment(move);
  const after = found && change(found.resource);
  if (!found || !after) return;
  move.builder.update(found.stored, after);
  await freeSlots(move, found.resource, after, kept);
}
