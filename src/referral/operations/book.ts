import { bookedAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import type { Edge } from '../edges.js';
import { changeEncounter, finished } from '../encounters.js';
import { moveOperation } from '../move-operation.js';
import { checkTimes } from '../check-times.js';
import { withOutput } from '../task-io.js';

/** States in which somebody is attending the patient. */
const AFTER_CARE: ReadonlySet<Edge['from']> = new Set(['in-care', 'interim-answer']);

/** `Task/$book`: the destination gives the patient a date; after a visit, a further one. */
export const book = moveOperation({
  move: 'book',
  purpose: 'El destino da una cita con día, hora, lugar y quién atiende, y anota cómo se avisó al paciente.',
  check: ({ values }) => checkTimes(values),
  apply: async (move) => {
    const appointment = move.builder.create(bookedAppointment(move));
    // A further visit (transition 23): the visit so far has ended without an answer.
    if (AFTER_CARE.has(move.edge.from)) await changeEncounter(move, finished(move.now));
    const task = withOutput(move.referral.leg.task, 'appointment', {
      valueReference: { reference: `Appointment/${appointment.id}` },
    });
    return { task: advance(move, { task, ...(appointment.end === undefined ? {} : { due: appointment.end }) }) };
  },
});
