import type { Encounter } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { changeAppointment } from '../appointments.js';
import { advance } from '../advance.js';
import { arrivedEncounter, assertOngoing, currentEncounter, tiedEncounter } from '../encounters.js';
import { type Move, moveOperation } from '../move-operation.js';
import { answerNotices } from '../notices/answer-notices.js';
import { readLinked, withOutput } from '../task-io.js';

const CAME = 'La persona llegó al destino. / The person has arrived at the destination.';

/** The Encounter that the desk already opened, now tied to the referral. Throws 422 when it is another patient's or another facility's. */
async function given(move: Move, reference: string): Promise<string> {
  const { referral, builder } = move;
  const found = await readLinked<Encounter>(move.context, reference);
  const here = `Organization/${referral.sides.destination ?? ''}`;
  const foreign = (found?.resource.serviceProvider?.reference ?? here) !== here;
  if (!found || foreign || found.resource.subject?.reference !== referral.resource.subject.reference)
    throw fault('reference-not-found', { reference }, 'encounter');
  assertOngoing(found.resource);
  builder.update(found.stored, tiedEncounter(found.resource, referral.resource.id));
  return found.resource.id;
}

/** The visit that had begun before somebody asked to cancel it, else a new one. */
async function opened(move: Move): Promise<string> {
  const begun = move.edge.from === 'cancel-requested' ? await currentEncounter(move) : undefined;
  return begun?.resource.status === 'arrived' ? begun.resource.id : move.builder.create(arrivedEncounter(move)).id;
}

/** `Task/$arrive`: the patient is at the destination; the referral may give up waiting for the visit. */
export const arrive = moveOperation({
  move: 'arrive',
  purpose: 'El destino registra que el paciente llegó; se abre el encuentro, o se enlaza el que ya se abrió.',
  apply: async (move) => {
    // Whoever was missed on the way is here: the origin need not find out any more.
    if (move.edge.from === 'no-show') await answerNotices(move, 'not-arrived', CAME);
    const reference = move.values.reference('encounter')?.reference;
    const id = reference === undefined ? await opened(move) : await given(move, reference);
    await changeAppointment(move, (before) =>
      before.status === 'booked' ? { ...before, status: 'arrived' } : undefined,
    );
    const { task } = move.referral.leg;
    const start = task.executionPeriod?.start ?? move.now.toISOString();
    const visited = withOutput({ ...task, executionPeriod: { ...task.executionPeriod, start } }, 'encounter', {
      valueReference: { reference: `Encounter/${id}` },
    });
    return { task: advance(move, { task: visited }) };
  },
});
