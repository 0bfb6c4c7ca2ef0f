import type { CodeableConcept, ServiceRequest } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';

const URL = extensionUrl('status-reason');

/** The order with the reason why it ended (profile `referencia`, rule hn-ref-8); its status follows from the states table. */
export const endedOrder = (order: ServiceRequest, reason: CodeableConcept): ServiceRequest => ({
  ...order,
  extension: [...(order.extension ?? []).filter(({ url }) => url !== URL), { url: URL, valueCodeableConcept: reason }],
});
