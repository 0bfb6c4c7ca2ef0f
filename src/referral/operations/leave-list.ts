import type { PractitionerRole } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import { explained } from '../advance.js';
import { checkApprover } from '../approver.js';
import type { AskedMove } from '../ask-move.js';
import { contactAttempts } from '../contact-attempts.js';
import { endWaiting } from '../end-waiting.js';
import { groupsOf } from '../groups-of.js';
import { attemptsNeeded, GROUPS } from '../leave-list-rules.js';
import { moveOperation } from '../move-operation.js';
import { addNotice } from '../notices/add-notice.js';

/** Urgent, pregnant and minor patients leave no list before they were looked for. */
async function missingAttempts({ context, referral }: AskedMove): Promise<Finding[]> {
  const { leg, sides } = referral;
  if (!leg) return [];
  const groups = sides.patient === undefined ? [] : await groupsOf(context, sides.patient, new Date());
  const needed = attemptsNeeded(leg.task.priority ?? 'routine', groups);
  const made = contactAttempts(leg.task).length;
  if (made >= needed) return [];
  const who = (language: 'es' | 'en'): string =>
    [leg.task.priority ?? 'routine', ...groups.map((group) => GROUPS[group][language])].join(', ');
  const params = {
    es: `Faltan intentos de contacto antes de egresar (${who('es')}): hay ${made} y se piden ${needed}; anótelos con $contact-attempt.`,
    en: `Contact attempts are missing before leaving the list (${who('en')}): ${made} on record, ${needed} needed; record them with $contact-attempt.`,
  };
  return [{ code: 'rule-broken', params, expression: 'Task.extension(contact-attempt)' }];
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
    ...(await missingAttempts(asked)),
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
