import { advance } from '../advance.js';
import { asOrder } from '../advice-request.js';
import { moveOperation } from '../move-operation.js';

/**
 * `Task/$convert`: what the origin asked as advice needs a visit, and the origin allowed that beforehand: the same request is
 * a referral from now on, with its number and its place in the queue; triage then accepts it like any other.
 */
export const convert = moveOperation({
  move: 'convert',
  purpose:
    'Triaje convierte una interconsulta en referencia cuando el origen lo autorizó de antemano; conserva número y fecha.',
  apply: (move) => {
    const { now, referral, values } = move;
    const { task } = referral.leg;
    const note = { time: now.toISOString(), text: values.text('reason') ?? '' };
    // The work of triage goes on: its term too.
    const due = task.restriction?.period?.end;
    const noted = { ...task, note: [...(task.note ?? []), note] };
    return {
      task: advance(move, { task: noted, ...(due === undefined ? {} : { due }) }),
      referral: asOrder(referral.resource),
    };
  },
});
