import { advance } from '../advance.js';
import { bookAppointment, changeAppointment, slotInstead } from '../appointments.js';
import { checkReason } from '../cancel-reasons.js';
import { checkBooking } from '../check-booking.js';
import { moveOperation } from '../move-operation.js';
import { checkPatientMove } from '../patient-moves.js';
import { warnBooking } from '../warn-booking.js';

/** `Task/$reschedule`: the old appointment is cancelled with its reason and a new one takes its place. */
export const reschedule = moveOperation({
  move: 'reschedule',
  purpose: 'Cambia la cita: cancela la anterior con su motivo, libera su cupo y da otra.',
  check: async (asked) => [...checkReason(asked), ...(await checkPatientMove(asked)), ...(await checkBooking(asked))],
  warn: warnBooking,
  apply: async (move) => {
    const reason = move.values.concept('reason');
    const slot = await slotInstead(move);
    await changeAppointment(
      move,
      (before) => ({ ...before, status: 'cancelled', cancelationReason: reason }),
      slot?.resource.id,
    );
    const { task, end } = bookAppointment(move, slot);
    return { task: advance(move, { task, ...(end === undefined ? {} : { due: end }) }) };
  },
});
