import { advance } from '../advance.js';
import type { Edge } from '../edges.js';
import { bookAppointment, slotOf } from '../appointments.js';
import { checkBooking } from '../check-booking.js';
import { changeEncounter, finished } from '../encounters.js';
import { moveOperation } from '../move-operation.js';
import { warnBooking } from '../warn-booking.js';

/** States in which somebody is attending the patient. */
const AFTER_CARE: ReadonlySet<Edge['from']> = new Set(['in-care', 'interim-answer']);

/** `Task/$book`: the destination gives the patient a date; after a visit, a further one. */
export const book = moveOperation({
  move: 'book',
  purpose:
    'El destino da una cita, en un cupo libre de su agenda o con día, hora, lugar y quién atiende, y anota cómo se avisó al paciente.',
  check: checkBooking,
  warn: warnBooking,
  apply: async (move) => {
    // A further visit (transition 23): the visit so far has ended without an answer.
    if (AFTER_CARE.has(move.edge.from)) await changeEncounter(move, finished(move.now));
    const { task, end } = bookAppointment(move, await slotOf(move));
    return { task: advance(move, { task, ...(end === undefined ? {} : { due: end }) }) };
  },
});
