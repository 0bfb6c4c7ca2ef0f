import { advance, explained } from '../advance.js';
import { moveOperation } from '../move-operation.js';

/** Who wanted it, in words for the leg. */
const ASKED_BY: Readonly<Record<string, string>> = {
  patient: 'Lo pide el paciente o su familia. / Asked by the patient or the family.',
  clinician: 'Lo pide el clínico del origen. / Asked by the origin clinician.',
};

/** `Task/$request-cancel`: the origin asks the destination to cancel what it already works on. */
export const requestCancel = moveOperation({
  move: 'request-cancel',
  purpose:
    'El origen pide anular una referencia que el destino ya trabaja: quién lo pide y por qué; contesta el destino.',
  apply: (move) => {
    const { now, referral, values } = move;
    const { task } = referral.leg;
    const asked = ASKED_BY[values.code('askedBy') ?? ''];
    const note = asked === undefined ? [] : [{ time: now.toISOString(), text: asked }];
    const noted = note.length === 0 ? task : { ...task, note: [...(task.note ?? []), ...note] };
    const reason = explained(values.concept('reason'), values.text('comment'));
    return { task: advance(move, { reason, task: noted }) };
  },
});
