import { advance, explained } from '../advance.js';
import { endInformation } from '../end-information.js';
import { endedOrder } from '../ended-order.js';
import { moveOperation } from '../move-operation.js';

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
    await endInformation(move, 'cancelled', cancelled.statusReason ?? reason);
    return { task: cancelled, referral: endedOrder(referral.resource, reason) };
  },
});
