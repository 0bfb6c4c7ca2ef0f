import type { Bundle, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { fault, ServiceError } from '../errors.js';
import { isPlacer } from '../fhir/claims.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { type RequestedEntry, requestedEntries } from '../fhir/interactions/bundle-entry.js';
import { isObject } from './untrusted.js';
import { isLeg, isReferral } from './vocabulary.js';

/** A Bundle to be sent: its one referral, and all the rest. */
export interface SubmittedBundle {
  readonly bundle: Bundle;
  readonly entries: readonly RequestedEntry[];
  readonly order: ServiceRequest;
}

const invalid = (reason: string): Error => fault('bundle-invalid', { reason });

const isEntry = (entry: unknown): boolean =>
  isObject(entry) && isObject(entry['request']) && typeof entry['request']['url'] === 'string';

const isGoverned = ({ method, path, resource }: RequestedEntry): boolean => {
  const [type] = path.split('/');
  return isLeg(resource) || ((type === 'ServiceRequest' || type === 'Task') && method !== 'POST');
};

/** The order must be sound before its parts are used; what only a sent one needs is checked when it is sent. */
function assertSound({ validator }: FhirContext, order: ServiceRequest): void {
  const errors = validator
    .validate({ ...order, status: 'draft' })
    .filter(({ severity }) => severity !== 'warning' && severity !== 'information');
  if (errors.length > 0) throw new ServiceError(errors);
}

/**
 * Takes a submitted Bundle apart. Throws 400 when it is no transaction Bundle with exactly one new ServiceRequest of
 * category `referencia` or when it touches other referrals; 422 when the referral is unsound or has no placer number.
 */
export function readSubmittedBundle(context: FhirContext, body: Resource | undefined): SubmittedBundle {
  if (body === undefined) throw fault('body-missing');
  if (body.resourceType !== 'Bundle' || body.type !== 'transaction')
    throw invalid('$submit takes a Bundle of type transaction');
  if (!Array.isArray(body.entry) || !body.entry.every(isEntry)) throw invalid('every entry needs a request with url');
  const entries = requestedEntries(body, context.baseUrl);
  const orders = entries.flatMap(({ resource }) => (isReferral(resource) ? [resource] : []));
  const [order] = orders;
  if (!order || orders.length > 1)
    throw invalid(`needs one ServiceRequest of category referencia, found ${orders.length}`);
  if (entries.some(isGoverned)) throw invalid('$submit changes no other ServiceRequest or Task');
  assertSound(context, order);
  if (!order.identifier?.some((identifier) => isPlacer(identifier) && identifier.value !== undefined))
    throw fault(
      'field-missing',
      { operation: '$submit', field: 'ServiceRequest.identifier (placer)' },
      'ServiceRequest.identifier',
    );
  return { bundle: body, entries, order };
}

/** The same Bundle with another order in the place of the submitted one; the placer number makes it conditional. */
export function withOrder({ bundle, order }: SubmittedBundle, sent: ServiceRequest): Bundle {
  return {
    ...bundle,
    entry: (bundle.entry ?? []).map((entry) =>
      entry.resource === order
        ? { ...entry, resource: sent, request: { method: 'POST', url: 'ServiceRequest' } }
        : entry,
    ),
  };
}
