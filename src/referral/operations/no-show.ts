import type { Appointment } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import type { Finding } from '../../errors.js';
import { changeAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import type { AskedMove } from '../ask-move.js';
import { moveOperation } from '../move-operation.js';
import { lastOutput, readLinked } from '../task-io.js';
import { tooEarly } from '../too-early.js';

/** Findings of 422 before the visit begins: whoever is awaited has missed nothing yet; a visit is cancelled instead. */
async function checkBegun({ context, move, referral }: AskedMove): Promise<readonly Finding[]> {
  const current = referral.leg && lastOutput(referral.leg.task, 'appointment');
  const found = await readLinked<Appointment>(context, current);
  return tooEarly(move, found?.resource.start, new Date());
}

/** `Task/$no-show`: the patient did not come; the search for the patient begins (LN23:2019 7.2.10). */
export const noShow = moveOperation({
  move: 'no-show',
  purpose:
    'El paciente no llegó a la cita, cuya hora ya pasó; se anota el motivo, o que se desconoce, y empieza la búsqueda.',
  check: checkBegun,
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
