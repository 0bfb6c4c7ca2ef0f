import type { ServiceRequest } from '@medplum/fhirtypes';
import type { Deadlines } from '../deadlines/deadlines.js';
import { nationalNumber } from '../legs.js';

/**
 * When the service voids a draft that nobody touches: the term of the clock `draft` after its last version (referral-anchors
 * 2.2). Undefined for one that never ends so: the referral that follows from an answer was promised to the person and has
 * a notice with a term of its own (`onward-draft`), and what has a national number was sent once.
 */
export function draftEnd(
  order: Pick<ServiceRequest, 'meta' | 'priority' | 'basedOn' | 'identifier'>,
  deadlines: Deadlines,
): Date | undefined {
  const touched = new Date(order.meta?.lastUpdated ?? '');
  const follows = (order.basedOn ?? []).some(({ reference }) => reference?.startsWith('ServiceRequest/'));
  if (follows || nationalNumber(order as ServiceRequest) !== undefined || Number.isNaN(touched.getTime()))
    return undefined;
  return deadlines.dueAt({ clock: 'draft', priority: order.priority ?? 'routine' }, touched);
}
