import { advance } from '../advance.js';
import { bookAppointment, changeAppointment } from '../appointments.js';
import { checkReason } from '../cancel-reasons.js';
import { checkBooking } from '../check-booking.js';
import { moveOperation } from '../move-operation.js';
import { warnVisit } from '../warn-visit.js';

/** `Task/$reschedule`: the old appointment is cancelled with its reason and a new one takes its place. */
export const reschedule = moveOperation({
  move: 'reschedule',
  purpose: 'Cambia la cita: cancela la anterior con su motivo, libera su cupo y da otra.',
  check: async (asked) => [...checkReason(asked), ...(await checkBooking(asked))],
  warn: warnVisit,
  apply: async (move) => {
    const reason = move.values.concept('reason');
    await changeAppointment(move, (before) => ({ ...before, status: 'cancelled', cancelationReason: reason }));
    const { task, end } = await bookAppointment(move);
    return { task: advance(move, { task, ...(end === undefined ? {} : { due: end }) }) };
  },
});
