import { advance } from '../advance.js';
import { checkDocument } from '../answer-document.js';
import { currentEncounter } from '../encounters.js';
import { moveOperation } from '../move-operation.js';
import { storeAnswer } from '../store-answer.js';
import { lastOutput, withOutput } from '../task-io.js';

/**
 * `Task/$amend`: the destination corrects its answer. The new one replaces the old one, which stays readable; the origin must
 * acknowledge again. A follow-up that goes on stays open until then and gets the new plan.
 */
export const amend = moveOperation({
  move: 'amend',
  purpose:
    'El destino corrige su respuesta con el motivo; la anterior queda como reemplazada y el origen acusa recibo otra vez.',
  check: ({ values, referral }) => checkDocument(values, referral.resource.id, 'final'),
  apply: async (move) => {
    const { now, referral, values } = move;
    const { task } = referral.leg;
    const old = lastOutput(task, 'respuesta');
    const visit = await currentEncounter(move);
    const answer = await storeAnswer(move, {
      encounter: visit && { reference: `Encounter/${visit.resource.id}` },
      replaces: old === undefined ? [] : [old],
    });
    const note = { time: now.toISOString(), text: values.text('reason') ?? '' };
    const noted = { ...task, note: [...(task.note ?? []), note] };
    const amended = withOutput(noted, 'respuesta', { valueReference: { reference: `Composition/${answer.id}` } });
    return { task: advance(move, { task: amended }) };
  },
});
