import type { Extension } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import { advance } from '../advance.js';
import { type Move, moveOperation } from '../move-operation.js';

function attempt({ values, now }: Move): Extension {
  const [reason, note] = [values.code('reason'), values.text('note')];
  return {
    url: extensionUrl('contact-attempt'),
    extension: [
      { url: 'time', valueDateTime: now.toISOString() },
      { url: 'medium', valueCode: values.code('medium') },
      { url: 'reached', valueBoolean: values.boolean('reached') },
      ...(reason === undefined ? [] : [{ url: 'reason', valueCode: reason }]),
      ...(note === undefined ? [] : [{ url: 'note', valueString: note }]),
    ],
  };
}

/** `Task/$contact-attempt`: a try to reach the patient who waits or missed the appointment; the clock runs on. */
export const contactAttempt = moveOperation({
  move: 'contact-attempt',
  purpose:
    'Anota un intento de contactar al paciente que espera o que perdió su cita: medio, si se logró y, si no, por qué.',
  check: ({ values }) =>
    values.boolean('reached') === false && !values.has('reason')
      ? [{ code: 'field-missing', params: { operation: '$contact-attempt', field: 'reason' }, expression: 'reason' }]
      : [],
  apply: (move) => {
    const { task } = move.referral.leg;
    const noted = { ...task, extension: [...(task.extension ?? []), attempt(move)] };
    const due = task.restriction?.period?.end;
    return { task: advance(move, { task: noted, ...(due === undefined ? {} : { due }) }) };
  },
});
