import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { WriteBuilder } from '../../fhir/write-builder.js';
import type { Leg } from '../load-referral.js';
import { seenTo } from '../notices/see-to-notice.js';
import { isOpenTask } from '../side-tasks.js';
import { isReferral, isTaskOf } from '../vocabulary.js';

/** Notices of one draft; one is usual. */
const MOST_NOTICES = 20;

const SENT = 'La referencia nueva se envió. / The new referral was sent.';
const VOIDED = 'La referencia nueva se anuló como error. / The new referral was voided as a mistake.';

/** Open notices that ask a facility to finish this draft. */
async function draftNotices({ context: { store } }: Pick<WriteBuilder, 'context'>, draft: string): Promise<Leg[]> {
  const found = await store.find('Task', { 's.ref': `focus~ServiceRequest/${draft}` }, { limit: MOST_NOTICES });
  return found
    .map((stored): Leg => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
    .filter(({ task }) => isTaskOf(task, 'onward-draft') && isOpenTask(task));
}

/**
 * Follows a draft that is sent or voided (hook `beforeCommit`): the notice that asked for it ends with it, in the same
 * transaction, so that nobody has to tick what is done.
 */
export async function followDrafts(builder: WriteBuilder): Promise<void> {
  const updates = builder.writes.filter(({ type, method }) => type === 'ServiceRequest' && method === 'update');
  for (const write of updates) {
    const order = builder.resourceOf(write);
    const before = builder.replaced(write);
    if (!isReferral(order) || order.status === 'draft' || !before || before.json === '') continue;
    if (resourceOf<ServiceRequest>(before).status !== 'draft') continue;
    const found = order.status === 'entered-in-error' ? VOIDED : SENT;
    for (const { stored, task } of await draftNotices(builder, write.doc._id))
      builder.update(stored, seenTo(task, { found, now: builder.now }));
  }
}
