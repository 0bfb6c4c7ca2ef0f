import { checkDocument } from '../answer-document.js';
import { advance } from '../advance.js';
import { currentEncounter } from '../encounters.js';
import { moveOperation } from '../move-operation.js';
import { storeAnswer } from '../store-answer.js';
import { withOutput } from '../task-io.js';

/** `Task/$interim`: the destination tells what it knows so far; care goes on and the final answer is still owed. */
export const interim = moveOperation({
  move: 'interim',
  purpose: 'El destino adelanta una respuesta preliminar; la atención sigue y falta la respuesta final.',
  check: ({ values, referral }) => checkDocument(values, referral.resource.id, 'interim'),
  apply: async (move) => {
    const visit = await currentEncounter(move);
    const encounter = visit && { reference: `Encounter/${visit.resource.id}` };
    const answer = await storeAnswer(move, { encounter, replaces: [] });
    const task = withOutput(move.referral.leg.task, 'interim', {
      valueReference: { reference: `Composition/${answer.id}` },
    });
    // The final answer is due when it was due before: an interim one buys no time.
    const due = task.restriction?.period?.end;
    return { task: advance(move, { task, ...(due === undefined ? {} : { due }) }) };
  },
});
