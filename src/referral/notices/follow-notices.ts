import type { Provenance, Resource } from '@medplum/fhirtypes';
import type { FhirRequest } from '../../fhir/exchange.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { WriteBuilder } from '../../fhir/write-builder.js';
import { type Acting, resolveActing } from '../acting.js';
import { saidActor, saidProvenance } from '../plain-writes/said-provenance.js';
import { isOpenTask } from '../side-tasks.js';
import { isNotice } from '../vocabulary.js';
import { addNoticeTrail } from './see-to-notice.js';

const tells = (builder: WriteBuilder, name: string): boolean =>
  builder.writes.some((write) => {
    const resource: Resource | undefined = write.type === 'Provenance' ? builder.resourceOf(write) : undefined;
    return (resource as Provenance | undefined)?.target.some(({ reference }) => reference === name) ?? false;
  });

/** Who wrote it: the person, whom a system names in the header X-Provenance; without a name the facility. */
async function actingIn({ context }: WriteBuilder, request: FhirRequest): Promise<Acting> {
  const named = saidActor(saidProvenance(request));
  const { caller } = request;
  if (named !== undefined || caller.role !== 'system') return resolveActing(context, request, 'complete-notice', named);
  return { actor: { roles: [...caller.actsAs] } };
}

/**
 * Follows a plain write that ends a notice (hook `beforeCommit`): it leaves the same Provenance and audit record as
 * `$complete-notice`, in the same transaction. What it has to carry says the profile `tarea-aviso`.
 */
export async function followNotices(builder: WriteBuilder): Promise<void> {
  const updates = builder.writes.filter(({ type, method }) => type === 'Task' && method === 'update');
  for (const write of updates) {
    const task = builder.resourceOf(write);
    const before = builder.replaced(write);
    if (!isNotice(task) || isOpenTask(task) || !before || before.json === '') continue;
    const was = resourceOf(before);
    if (!isNotice(was) || !isOpenTask(was) || tells(builder, `Task/${write.doc._id}`)) continue;
    const acting = await actingIn(builder, builder.request);
    addNoticeTrail(builder, builder.request, { task: { ...task, id: write.doc._id }, acting });
  }
}
