import type { Appointment, AppointmentParticipant, Extension, Reference } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import type { Move } from './move-operation.js';
import { lastOutput, type Linked, readLinked } from './task-io.js';
import { PROFILES } from './vocabulary.js';

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

/** Appointment that `$book` or `$reschedule` asks for: booked, for the patient and those who attend. */
export function bookedAppointment(move: Move): Appointment {
  const { referral, values, now } = move;
  const { comment, extension } = contact(move);
  const location = values.reference('location');
  const slots = values.references('slot');
  return {
    resourceType: 'Appointment',
    meta: { profile: [PROFILES.appointment] },
    ...(extension ? { extension } : {}),
    status: 'booked',
    ...(referral.resource.performerType ? { specialty: [referral.resource.performerType] } : {}),
    start: values.time('start'),
    end: values.time('end'),
    ...(slots.length > 0 ? { slot: slots as Appointment['slot'] } : {}),
    created: now.toISOString(),
    ...(comment === undefined ? {} : { comment }),
    basedOn: [{ reference: `ServiceRequest/${referral.resource.id}` }],
    participant: [
      accepted(referral.resource.subject),
      ...values.references('participant').map(accepted),
      ...(location ? [accepted(location)] : []),
    ],
  };
}

/** The appointment in force of a move's leg. */
export const currentAppointment = ({ context, referral }: Move): Promise<Linked<Appointment> | undefined> =>
  readLinked<Appointment>(context, lastOutput(referral.leg.task, 'appointment'));

/** Changes the appointment in force, when there is one; `change` may leave it as it is. */
export async function changeAppointment(
  move: Move,
  change: (before: Appointment) => Appointment | undefined,
): Promise<void> {
  const found = await currentAppointment(move);
  const after = found && change(found.resource);
  if (found && after) move.builder.update(found.stored, after);
}
