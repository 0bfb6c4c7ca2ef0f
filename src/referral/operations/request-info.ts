import type { Communication, Task, TaskInput } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import { advance } from '../advance.js';
import type { AskedMove } from '../ask-move.js';
import { endOfDayAfter, farFinding, pastFinding } from '../date-limits.js';
import { deadlinesAt } from '../deadlines/deadline-book.js';
import { conceptIn } from '../field-values.js';
import { type Move, moveOperation } from '../move-operation.js';
import { ioType, PROFILES, TASK_CODES } from '../vocabulary.js';

const requestedItems = ({ values }: Move): TaskInput[] =>
  values.all('item').map((item) => ({
    type: ioType('requested-item'),
    ...(item.valueString === undefined ? { valueCodeableConcept: conceptIn(item) } : { valueString: item.valueString }),
  }));

/** Child Task that the origin works: what to complete and until when. */
function informationTask(move: Move, due: string): Task {
  const { task } = move.referral.leg;
  return {
    resourceType: 'Task',
    meta: { profile: [PROFILES.information] },
    basedOn: task.basedOn,
    groupIdentifier: task.groupIdentifier,
    partOf: [{ reference: `Task/${task.id}` }],
    status: 'requested',
    intent: 'order',
    priority: task.priority,
    code: TASK_CODES['provide-information'],
    focus: task.focus,
    for: task.for,
    authoredOn: move.now.toISOString(),
    lastModified: move.now.toISOString(),
    requester: task.owner as Task['requester'],
    owner: task.requester,
    restriction: { period: { start: move.now.toISOString(), end: due } },
    input: requestedItems(move),
  };
}

/** The question in words, for people. */
function question(move: Move, child: Task & { id: string }, text: string): Communication {
  const { task } = move.referral.leg;
  return {
    resourceType: 'Communication',
    basedOn: task.basedOn,
    partOf: [{ reference: `Task/${child.id}` }],
    status: 'completed',
    subject: task.for as Communication['subject'],
    sent: move.now.toISOString(),
    recipient: [task.requester as NonNullable<Communication['recipient']>[number]],
    sender: move.acting.who ?? (task.owner as Communication['sender']),
    payload: [{ contentString: text }],
  };
}

/** The origin's term lies ahead, and no further than the deadlines allow for the priority. */
async function checkDue({ context, referral, values }: AskedMove): Promise<readonly Finding[]> {
  const now = new Date();
  const due = values.time('due');
  const { limits } = (await deadlinesAt(context.store, now)).edition;
  const days = limits.infoRequestDays[referral.leg?.task.priority ?? 'routine'];
  return [...pastFinding('due', due, now), ...farFinding('due', due, { latest: endOfDayAfter(now, days), days })];
}

/** `Task/$request-info`: triage asks the origin for what is missing; the triage clock stops. */
export const requestInfo = moveOperation({
  move: 'request-info',
  purpose: 'Triaje pide al origen los datos que faltan, con plazo; el reloj de triaje se detiene.',
  check: checkDue,
  apply: (move) => {
    const due = move.values.time('due') ?? move.now.toISOString();
    const reason = move.values.concept('reason');
    const task = advance(move, { due, ...(reason ? { reason } : {}) });
    const child = move.builder.create(informationTask(move, due));
    move.builder.create(question(move, child, task.statusReason?.text ?? ''));
    return { task };
  },
});
