import { extensionUrl } from '../../config/canonical.js';
import { changeAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import { moveOperation } from '../move-operation.js';

/** `Task/$no-show`: the patient did not come; the search for the patient begins (LN23:2019 7.2.10). */
export const noShow = moveOperation({
  move: 'no-show',
  purpose: 'El paciente no llegó a la cita; se anota el motivo, o que se desconoce, y empieza la búsqueda.',
  apply: async (move) => {
    const reason = { url: extensionUrl('no-show-reason'), valueCodeableConcept: move.values.concept('reason') };
    await changeAppointment(move, (before) => ({
      ...before,
      status: 'noshow',
      extension: [...(before.extension ?? []), reason],
    }));
    return { task: advance(move) };
  },
});
