import { changeAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import { checkReason } from '../cancel-reasons.js';
import { moveOperation } from '../move-operation.js';
import { checkPatientMove } from '../patient-moves.js';

/** `Task/$cancel-appointment`: the referral stays accepted and needs another date. */
export const cancelAppointment = moveOperation({
  move: 'cancel-appointment',
  purpose:
    'Cancela la cita con el motivo y la parte que cancela, y libera su cupo; la referencia sigue aceptada y espera otra cita.',
  check: async (asked) => [...checkReason(asked), ...(await checkPatientMove(asked))],
  apply: async (move) => {
    const { values } = move;
    const comment = values.text('comment');
    await changeAppointment(move, (before) => ({
      ...before,
      status: 'cancelled',
      cancelationReason: values.concept('reason'),
      ...(comment === undefined ? {} : { comment }),
    }));
    return { task: advance(move) };
  },
});
