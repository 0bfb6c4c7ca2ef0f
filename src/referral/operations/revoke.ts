import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { advance, explained } from '../advance.js';
import { type Move, moveOperation } from '../move-operation.js';
import { openSideTask } from '../side-tasks.js';

/** What the destination had asked from the origin ends with the referral. */
async function endInformation({ builder, context, now, referral }: Move, statusReason: CodeableConcept): Promise<void> {
  const open = await openSideTask(context.store, referral.leg.task, 'provide-information');
  if (!open) return;
  const child = resourceOf<Task>(open);
  builder.update(open, { ...child, status: 'cancelled', statusReason, lastModified: now.toISOString() });
}

/** `ServiceRequest/$revoke`: the origin takes the referral back before it was booked. */
export const revoke = moveOperation({
  move: 'revoke',
  purpose: 'El origen anula la referencia antes de la cita, con el motivo y si el paciente fue informado.',
  apply: async (move) => {
    const { now, referral, values } = move;
    const reason = explained(values.concept('reason'), values.text('comment'));
    const informed = values.boolean('patientInformed') === true;
    const note = {
      time: now.toISOString(),
      text: informed
        ? 'Se informó al paciente. / The patient was informed.'
        : 'No se ha informado al paciente. / The patient has not been informed.',
    };
    const { task } = referral.leg;
    const cancelled = advance(move, { reason, task: { ...task, note: [...(task.note ?? []), note] } });
    await endInformation(move, cancelled.statusReason ?? reason);
    const url = extensionUrl('status-reason');
    const kept = (referral.resource.extension ?? []).filter((extension) => extension.url !== url);
    const order = { ...referral.resource, extension: [...kept, { url, valueCodeableConcept: reason }] };
    return { task: cancelled, referral: order };
  },
});
