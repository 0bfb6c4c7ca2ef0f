import { bookedAppointment, changeAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import { checkTimes } from '../check-times.js';
import { moveOperation } from '../move-operation.js';
import { withOutput } from '../task-io.js';

/** `Task/$reschedule`: the old appointment is cancelled with its reason and a new one takes its place. */
export const reschedule = moveOperation({
  move: 'reschedule',
  purpose: 'Cambia la cita: cancela la anterior con su motivo y da otra.',
  check: ({ values }) => checkTimes(values),
  apply: async (move) => {
    const reason = move.values.concept('reason');
    await changeAppointment(move, (before) => ({ ...before, status: 'cancelled', cancelationReason: reason }));
    const appointment = move.builder.create(bookedAppointment(move));
    const task = withOutput(move.referral.leg.task, 'appointment', {
      valueReference: { reference: `Appointment/${appointment.id}` },
    });
    return { task: advance(move, { task, ...(appointment.end === undefined ? {} : { due: appointment.end }) }) };
  },
});
