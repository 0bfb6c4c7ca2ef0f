import type { Caller } from '../../access/caller.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Delivery } from '../../store/delivery.js';
import { keyHash } from '../../store/ids.js';

/**
 * A try that names or holds a resource is a read of that version by the subscriber: recorded before anything leaves.
 * @throws ServiceError 503 when it cannot be recorded; then nothing may be sent
 */
export async function auditNotification(
  { store }: Pick<FhirContext, 'store'>,
  { _id, event }: Delivery,
  caller: Caller,
  subscription: string,
): Promise<void> {
  const [type = '', id = '', vid = ''] = event.split('/');
  const [head] = await store.heads(type, [id]);
  await store.auditor.record({
    act: 'R',
    sub: 'vread',
    out: '0',
    who: caller.sub,
    rol: caller.role,
    ...(caller.facility === undefined ? {} : { fac: caller.facility }),
    cli: caller.clientId,
    pt: head?.pt === undefined ? [] : [head.pt],
    ent: [`${type}/${id}/_history/${vid}`],
    req: keyHash('delivery', _id).slice(0, 32),
    pou: caller.purpose,
    det: { subscription },
  });
}
