import type { Task } from '@medplum/fhirtypes';
import { fault, ServiceError } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { retryRaced } from '../../fhir/interactions/retry-raced.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { resolveActing } from '../acting.js';
import { assertWellFormed } from '../ask-move.js';
import { deadlinesAt } from '../deadlines/deadline-book.js';
import type { Deadlines } from '../deadlines/deadlines.js';
import { endOfDay } from '../follow-up/follow-up-tasks.js';
import { dueOf, isOpenItem, itemTasks, itemWithResult } from '../follow-up/item-tasks.js';
import { operationUrl } from '../move-operation.js';
import { addTrail } from '../move-trail.js';
import { readFields } from '../read-fields.js';
import { clockOf } from '../run-clock.js';
import { setState } from '../set-state.js';
import { SIDE_OPERATIONS } from '../side-operations.js';
import { type Linked, readLinked } from '../task-io.js';
import { isLeg, isTaskOf, stateOf } from '../vocabulary.js';
import { sidesOf } from '../work-scalars.js';

const NAME = 'complete-item';

/** Throws 422 unless the task is a dated point that is still open, 403 unless the caller's facility carries it out. */
function assertOpen({ caller }: FhirRequest, task: Task & { id?: string }): void {
  if (!isTaskOf(task, 'follow-up-item'))
    throw fault('rule-broken', {
      es: 'Esta tarea no es un punto del plan con fecha.',
      en: 'This task is no dated point of a plan.',
    });
  if (caller.facility === undefined || task.owner?.reference !== `Organization/${caller.facility}`)
    throw fault('facility-foreign', { element: 'Task.owner' }, 'Task.owner');
  if (!isOpenItem(task))
    throw fault('rule-broken', {
      es: 'Ya se anotó qué pasó con este punto.',
      en: 'What became of this point has been noted already.',
    });
}

/** The leg with the term of the next open point; undefined when it is not in follow-up any more. */
function legWithNextTerm(
  { resource: leg }: Linked<Task>,
  days: readonly string[],
  { now, deadlines }: { now: Date; deadlines: Deadlines },
): Task | undefined {
  const state = stateOf(leg);
  if (state !== 'follow-up' || !isLeg(leg)) return undefined;
  const start = leg.restriction?.period?.start ?? now.toISOString();
  const usual = deadlines.dueAt(clockOf(leg, 'follow-up'), new Date(start)).toISOString();
  const [next = usual] = days.map(endOfDay).sort();
  // What is overdue already is due at once.
  const [, end = usual] = [start, next < usual ? next : usual].sort();
  const changed = setState(leg, { state, now, deadlines, due: end });
  return { ...changed, restriction: { ...changed.restriction, period: { start, end } } };
}

async function complete(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const stored = await loadVisible(context, request, 'Task', request.resourceId ?? '');
  const task = resourceOf<Task & { id: string }>(stored);
  assertWellFormed(context, request);
  const { values, findings } = readFields(NAME, SIDE_OPERATIONS[NAME].fields, request.body, context.definitions);
  const acting = await resolveActing(context, request, NAME, values.reference('actor')?.reference);
  assertOpen(request, task);
  if (findings.length > 0) throw new ServiceError(findings);
  const [done, reason] = [values.boolean('done') === true, values.text('reason')?.trim()];
  if (!done && !reason) throw fault('field-missing', { operation: `$${NAME}`, field: 'reason' }, 'reason');
  const builder = new WriteBuilder(context, request);
  const changed = builder.update(stored, itemWithResult(task, { done, reason }, builder.now));
  const parent = await readLinked<Task>(context, task.partOf?.[0]?.reference);
  const leg = await readLinked<Task>(context, parent?.resource.partOf?.[0]?.reference);
  const others = parent ? await itemTasks(context.store, parent.resource.id) : [];
  const open = others.filter((one) => one.task.id !== task.id && isOpenItem(one.task)).map((one) => dueOf(one.task));
  // Only the follow-up of the caller's own referral gives its leg a term.
  const own =
    leg && parent && isTaskOf(parent.resource, 'follow-up') && sidesOf(leg.resource).origin === request.caller.facility;
  const next =
    own && legWithNextTerm(leg, open, { now: builder.now, deadlines: await deadlinesAt(context.store, builder.now) });
  if (own && next) builder.update(leg.stored, next);
  const { origin, destination, patient } = leg ? sidesOf(leg.resource) : sidesOf(task);
  addTrail(builder, request, {
    edge: { move: NAME, by: ['OC'] },
    acting,
    sides: {
      ...(origin === undefined ? {} : { origin }),
      ...(destination === undefined ? {} : { destination }),
      ...(patient === undefined ? {} : { patient }),
    },
    reasons: [{ text: `${task.description ?? ''}: ${done ? 'se hizo / done' : (reason ?? '')}` }],
    ...(task.groupIdentifier?.value === undefined ? {} : { number: task.groupIdentifier.value }),
    targets: [...(task.basedOn ?? []).flatMap(({ reference }) => reference ?? []), `Task/${task.id}`],
    detail: { done: String(done) },
  });
  await builder.commit();
  return resourceAnswer(200, { resourceType: 'Parameters', parameter: [{ name: 'task', resource: changed }] });
}

/**
 * `POST Task/{id}/$complete-item`: what became of one dated point of the plan: `done`, or `reason` why not. The referral is
 * due when the next open point is. A system names the `actor`. Throws 422 for a task that is none or that was noted already, 403 for another facility's.
 */
export const completeItem: Operation = {
  name: NAME,
  definition: operationUrl(NAME),
  level: 'instance',
  type: 'Task',
  method: 'POST',
  affectsState: true,
  ownRow: true,
  purpose: 'El origen anota un punto del plan con fecha: se hizo, o por qué no.',
  handle: (context, request) =>
    retryRaced(`Task/${request.resourceId ?? ''}/${NAME}`, request, () => complete(context, request)),
};
