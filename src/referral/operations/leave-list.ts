import type { PractitionerRole } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import { explained } from '../advance.js';
import { checkApprover } from '../approver.js';
import type { AskedMove } from '../ask-move.js';
import { endWaiting } from '../end-waiting.js';
import { obstacles } from '../leave-list-rules.js';
import { listFacts } from '../list-facts.js';
import { moveOperation } from '../move-operation.js';
import { addNotice } from '../notices/add-notice.js';

/** What is still missing for this cause: nobody leaves a list unheard and not looked for. */
async function tooEarly({ context, referral, values }: AskedMove): Promise<Finding[]> {
  const { leg, resource, sides } = referral;
  const cause = values.code('reason');
  if (!leg || cause === undefined) return [];
  const about = { leg: leg.task, referral: resource.id, patient: sides.patient };
  const facts = await listFacts(context, about, new Date());
  return obstacles(cause, facts).map((params) => ({
    code: 'rule-broken',
    params: { ...params },
    expression: 'reason',
  }));
}

/** A death has its own move, which tells everybody and stops all messages. */
const isDeath = ({ values }: AskedMove): Finding[] =>
  values.code('reason') === 'died'
    ? [
        {
          code: 'rule-broken',
          params: {
            es: 'Un fallecimiento se registra con $record-death.',
            en: 'A death is recorded with $record-death.',
          },
          expression: 'reason',
        },
      ]
    : [];

/** `Task/$leave-list`: a waiting person leaves the list with a cause, approved by triage; the origin looks for the person. */
export const leaveList = moveOperation({
  move: 'leave-list',
  purpose:
    'La persona sale de la lista sin atención, con su causa y con el visto bueno de triaje; el origen recibe la tarea de buscarla.',
  check: async (asked) => [
    ...isDeath(asked),
    ...(await checkApprover(asked.context, asked.values.reference<PractitionerRole>('approver'), {
      role: 'triage',
      facilities: [asked.referral.sides.destination],
      words: {
        es: 'Quien aprueba debe ser un clínico de triaje de este establecimiento.',
        en: 'The approver must be a triage clinician of this facility.',
      },
      expression: 'approver',
    })),
    ...(await tooEarly(asked)),
  ],
  apply: async (move) => {
    const { builder, referral, values } = move;
    const reason = explained(values.concept('reason'), values.text('comment'));
    const effect = await endWaiting(move, reason, 'other-referral-ended');
    const { destination, origin } = referral.sides;
    if (origin !== undefined)
      addNotice(builder, {
        deadlines: move.deadlines,
        kind: 'find-person',
        about: [referral],
        to: origin,
        ...(destination === undefined ? {} : { from: destination }),
      });
    const approver = values.reference<PractitionerRole>('approver');
    return { ...effect, ...(approver ? { approver } : {}) };
  },
});
