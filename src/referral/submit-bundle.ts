import type { Bundle, BundleEntry, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { fault } from '../errors.js';
import { isPlacer } from '../fhir/claims.js';
import { isLeg, isReferral } from './vocabulary.js';

/** A Bundle to be sent: its one referral, and all the rest. */
export interface SubmittedBundle {
  readonly bundle: Bundle;
  readonly order: ServiceRequest;
}

const invalid = (reason: string): Error => fault('bundle-invalid', { reason });

const governed = ({ request, resource }: BundleEntry): boolean => {
  const type = request?.url?.split(/[/?]/)[0];
  return isLeg(resource) || ((type === 'ServiceRequest' || type === 'Task') && request?.method !== 'POST');
};

/**
 * Takes a submitted Bundle apart. Throws 400 when it is no transaction Bundle with exactly one new ServiceRequest of
 * category `referencia` or when it touches other referrals; 422 when the referral has no placer number.
 */
export function readSubmittedBundle(body: Resource | undefined): SubmittedBundle {
  if (body === undefined) throw fault('body-missing');
  if (body.resourceType !== 'Bundle' || body.type !== 'transaction') throw invalid('$submit takes a Bundle of type transaction');
  const entries = body.entry ?? [];
  const orders = entries.flatMap(({ resource }) => (isReferral(resource) ? [resource] : []));
  const [order] = orders;
  if (!order || orders.length > 1) throw invalid(`needs one ServiceRequest of category referencia, found ${orders.length}`);
  if (entries.some(governed)) throw invalid('$submit changes no other ServiceRequest or Task');
  if (!order.identifier?.some((identifier) => isPlacer(identifier) && identifier.value !== undefined))
    throw fault('field-missing', { operation: '$submit', field: 'ServiceRequest.identifier (placer)' }, 'ServiceRequest.identifier');
  return { bundle: body, order };
}

/** The same Bundle with another order in the place of the submitted one; the placer number makes it conditional. */
export function withOrder({ bundle, order }: SubmittedBundle, sent: ServiceRequest): Bundle {
  return {
    ...bundle,
    entry: (bundle.entry ?? []).map((entry) =>
      entry.resource === order ? { ...entry, resource: sent, request: { method: 'POST', url: 'ServiceRequest' } } : entry,
    ),
  };
}
