import type { Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { spokenTime } from '../../config/spoken-time.js';
import type { Finding } from '../../errors.js';
import { advance, explained } from '../advance.js';
import type { AskedMove } from '../ask-move.js';
import { endInformation } from '../end-information.js';
import { moveOperation } from '../move-operation.js';
import { withNextStep } from '../next-step.js';
import { withOutput } from '../task-io.js';

const REASON = { coding: [{ system: codeSystemUrl('reject-reason'), code: 'no-response' }] };

/** Before the origin's term has run out nobody may say that it did not answer. */
function termRunning({ referral }: AskedMove): Finding[] {
  const end = referral.leg?.task.restriction?.period?.end;
  if (referral.state !== 'info-requested' || end === undefined || Date.parse(end) <= Date.now()) return [];
  const params = {
    es: `El origen todavía tiene plazo: vence ${spokenTime(end, 'es')} (${end}).`,
    en: `The origin still has time: its term ends ${spokenTime(end, 'en')} (${end}).`,
  };
  return [{ code: 'rule-broken', params, expression: 'Task.restriction.period.end' }];
}

/** What was asked and never came, as the next step: with it the origin can send again. */
const stillMissing = (task: Task, asked: Task | undefined): Task =>
  (asked?.input ?? []).reduce<Task>(
    (result, { valueCodeableConcept, valueString }) =>
      withOutput(result, 'requested-item', valueCodeableConcept ? { valueCodeableConcept } : { valueString }),
    task,
  );

/**
 * `Task/$no-response`: the origin let the term for the missing information pass; triage confirms the rejection. Without a
 * next step in words what was asked is the next step.
 */
export const noResponse = moveOperation({
  move: 'no-response',
  purpose: 'Triaje rechaza porque el origen no respondió en su plazo; dice el paso siguiente o queda lo que se pidió.',
  check: termRunning,
  apply: async (move) => {
    const { values } = move;
    const reason = explained(REASON, values.text('comment'));
    const asked = await endInformation(move, 'failed', reason);
    const rejected = advance(move, { reason });
    const steps = values.parts('nextStep');
    return { task: steps.length > 0 ? steps.reduce(withNextStep, rejected) : stillMissing(rejected, asked) };
  },
});
