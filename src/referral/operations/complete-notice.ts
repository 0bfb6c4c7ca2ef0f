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
import { operationUrl } from '../move-operation.js';
import { addNoticeTrail, ENDS_WITH_DRAFT, seenTo } from '../notices/see-to-notice.js';
import { readFields } from '../read-fields.js';
import { SIDE_OPERATIONS } from '../side-operations.js';
import { isOpenTask } from '../side-tasks.js';
import { noticeKindOf } from '../vocabulary.js';

const NAME = 'complete-notice';

/** Throws 422 unless the task is a notice that nobody has seen to, 403 unless it is one to the caller's facility. */
function assertWaiting({ caller }: FhirRequest, task: Task): void {
  const kind = noticeKindOf(task);
  if (!kind) throw fault('rule-broken', { es: 'Esta tarea no es un aviso.', en: 'This task is no notice.' });
  if (caller.role !== 'conformance' && task.owner?.reference !== `Organization/${caller.facility ?? ''}`)
    throw fault('facility-foreign', { element: 'Task.owner' }, 'Task.owner');
  if (!isOpenTask(task))
    throw fault('rule-broken', { es: 'Este aviso ya se atendió.', en: 'This notice has been seen to already.' });
  if (kind === 'onward-draft') throw fault('rule-broken', ENDS_WITH_DRAFT);
}

async function complete(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const stored = await loadVisible(context, request, 'Task', request.resourceId ?? '');
  const task = resourceOf<Task & { id: string }>(stored);
  assertWellFormed(context, request);
  const { values, findings } = readFields(NAME, SIDE_OPERATIONS[NAME].fields, request.body, context.definitions);
  const acting = await resolveActing(context, request, NAME, values.reference('actor')?.reference);
  assertWaiting(request, task);
  if (findings.length > 0) throw new ServiceError(findings);
  const builder = new WriteBuilder(context, request);
  const found = values.text('found')?.trim() ?? '';
  const changed = builder.update(
    stored,
    seenTo(task, { found, by: acting.practitioner ?? acting.onBehalfOf, now: builder.now }),
  );
  addNoticeTrail(builder, request, { task: { ...changed, id: task.id }, acting });
  await builder.commit();
  return resourceAnswer(200, { resourceType: 'Parameters', parameter: [{ name: 'task', resource: changed }] });
}

/**
 * `POST Task/{id}/$complete-notice`: the facility says what it did about a notice, or what it found; it leaves the list
 * `notices`. Throws 422 for a task that is no notice or was seen to already, 403 for another facility's.
 */
export const completeNotice: Operation = {
  name: NAME,
  definition: operationUrl(NAME),
  level: 'instance',
  type: 'Task',
  method: 'POST',
  affectsState: true,
  ownRow: true,
  purpose: 'El establecimiento dice qué hizo con un aviso o qué encontró; el aviso sale de su lista.',
  handle: (context, request) =>
    retryRaced(`Task/${request.resourceId ?? ''}/${NAME}`, request, () => complete(context, request)),
};
