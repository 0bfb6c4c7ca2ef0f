import { createHmac } from 'node:crypto';
import type { FhirContext } from '../../fhir/fhir-context.js';

/** Headers of a notification beside those of the subscriber. */
export const SIGNATURE_HEADERS = {
  /** Seconds since 1970. */
  timestamp: 'x-referencia-timestamp',
  /** `v1=` and the HMAC-SHA256 in hex over timestamp, a dot, and the body. */
  signature: 'x-referencia-signature',
  /** The same for every try of one notification. */
  delivery: 'x-referencia-delivery',
} as const;

/** Key of one Subscription, 64 hex digits: its own, made from the service's secret, kept nowhere. */
export const subscriptionKey = ({ paperSecret }: Pick<FhirContext, 'paperSecret'>, id: string): string =>
  createHmac('sha256', paperSecret).update(`subscription ${id}`).digest('hex');

/** Signature of a body: `v1=<hex>`. */
export const signature = (key: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
