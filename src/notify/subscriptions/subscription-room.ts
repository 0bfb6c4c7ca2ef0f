import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { FoundResource } from '../../store/envelope.js';

/** A facility whose systems ask for more has a loop: what one Subscription can say needs no twenty. */
const MOST_ACTIVE = 20;
const ALIVE = ['requested', 'active', 'error'].map((status) => `status~${status}`);

/** A write as `FhirHooks.checkWrite` gets it. */
interface CheckedWrite {
  readonly type: string;
  readonly request: FhirRequest;
  readonly before?: FoundResource;
  readonly after?: Resource;
}

/** Throws 422 `subscription-limit` for one more Subscription than a facility may have alive at the same time. */
export async function checkSubscriptionRoom(
  { store }: FhirContext,
  { type, request, before, after }: CheckedWrite,
): Promise<void> {
  const { facility } = request.caller;
  if (type !== 'Subscription' || after?.resourceType !== 'Subscription' || facility === undefined) return;
  if (after.status !== 'requested') return;
  const others = { 's.tok': { $in: ALIVE }, own: facility, ...(before ? { _id: { $ne: before._id } } : {}) };
  if ((await store.count('Subscription', others, { limit: MOST_ACTIVE })) >= MOST_ACTIVE)
    throw fault('subscription-limit', { limit: MOST_ACTIVE }, 'Subscription.status');
}
