import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import { resourceOf } from '../fhir/stored-resource.js';
import type { Move } from './move-operation.js';
import { openSideTask } from './side-tasks.js';

/**
 * Ends what the destination had asked from the origin: `failed` when the origin did not give it, `cancelled` when nobody
 * needs it any more.
 * @returns the side Task as it was; undefined when nothing was asked
 */
export async function endInformation(
  { builder, context, now, referral }: Move,
  status: 'failed' | 'cancelled',
  statusReason: CodeableConcept,
): Promise<Task | undefined> {
  const open = await openSideTask(context.store, referral.leg.task, 'provide-information');
  if (!open) return undefined;
  const child = resourceOf<Task>(open);
  builder.update(open, { ...child, status, statusReason, lastModified: now.toISOString() });
  return child;
}
