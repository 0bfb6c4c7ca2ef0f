import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import type { Leg } from '../load-referral.js';
import { isLeg, isReferral } from '../vocabulary.js';
import type { StoredReferral } from './examine-referral.js';

/** Legs of one referral, at most. */
const MOST_LEGS = 50;

/** Id of the order that a leg points to. */
export const orderOf = (task: Task): string | undefined => {
  const target = localTarget(task.focus?.reference ?? '');
  return target?.type === 'ServiceRequest' ? target.id : undefined;
};

/** Is it an open referral: active, of category `referencia`? */
const isOpenReferral = (resource: ReturnType<typeof resourceOf>): resource is ServiceRequest & { id: string } =>
  isReferral(resource) && resource.status === 'active';

/** The open referrals among stored orders, each with all its legs. */
export async function openReferrals(store: Store, rows: readonly FoundResource[]): Promise<StoredReferral[]> {
  const orders = rows
    .filter(({ del }) => !del)
    .map((row) => resourceOf(row))
    .filter(isOpenReferral);
  if (orders.length === 0) return [];
  const refs = orders.map(({ id }) => `focus~ServiceRequest/${id}`);
  const found = await store.find('Task', { 's.ref': { $in: refs } }, { limit: orders.length * MOST_LEGS });
  const byOrder = new Map<string, Leg[]>();
  for (const stored of found) {
    const task = resourceOf<Task & { id: string }>(stored);
    const id = isLeg(task) ? orderOf(task) : undefined;
    if (id !== undefined) byOrder.set(id, [...(byOrder.get(id) ?? []), { stored, task }]);
  }
  return orders.map((order) => ({ order, legs: byOrder.get(order.id) ?? [] }));
}
