import type { Bundle, BundleEntry, Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes';
import { randomUUID } from 'node:crypto';
import { BACKPORT_URLS } from './topics.js';

/** What a notification says of its Subscription. */
export interface SubscriptionState {
  /** Absolute URL of the Subscription. */
  readonly url: string;
  readonly topic?: string | undefined;
  readonly status: string;
  readonly type: 'handshake' | 'event-notification' | 'query-status';
  /** Events so far, this one included. */
  readonly events: number;
  readonly error?: string | undefined;
}

/** An event. What the subscriber may not read (any more) has a number and no focus. */
export interface NotifiedEvent {
  readonly number: number;
  readonly at: Date;
  /** Absolute URL. */
  readonly focus?: string;
  readonly resource?: { readonly value: Resource; readonly method: 'POST' | 'PUT'; readonly path: string };
}

const event = ({ number, at, focus }: NotifiedEvent): ParametersParameter => ({
  name: 'notification-event',
  part: [
    { name: 'event-number', valueString: String(number) },
    { name: 'timestamp', valueInstant: at.toISOString() },
    ...(focus === undefined ? [] : [{ name: 'focus', valueReference: { reference: focus } }]),
  ],
});

/** Status of a Subscription as Parameters (backport-subscription-status-r4). */
export const statusParameters = (state: SubscriptionState, notified?: NotifiedEvent): Parameters => ({
  resourceType: 'Parameters',
  id: randomUUID(),
  meta: { profile: [BACKPORT_URLS.status] },
  parameter: [
    { name: 'subscription', valueReference: { reference: state.url } },
    ...(state.topic === undefined ? [] : [{ name: 'topic', valueCanonical: state.topic }]),
    { name: 'status', valueCode: state.status },
    { name: 'type', valueCode: state.type },
    { name: 'events-since-subscription-start', valueString: String(state.events) },
    ...(notified ? [event(notified)] : []),
    ...(state.error === undefined ? [] : [{ name: 'error', valueCodeableConcept: { text: state.error } }]),
  ],
});

/**
 * Notification as the backport guide has it for R4: a Bundle of type history, the status first, then the resource of the
 * event where the payload asks for it.
 */
export function notificationBundle(state: SubscriptionState, notified: NotifiedEvent | undefined, now: Date): Bundle {
  const status = statusParameters(state, notified);
  const { focus, resource } = notified ?? {};
  const content: BundleEntry[] =
    focus === undefined || resource === undefined
      ? []
      : [
          {
            fullUrl: focus,
            resource: resource.value,
            request: { method: resource.method, url: resource.path },
            response: { status: resource.method === 'POST' ? '201' : '200' },
          },
        ];
  return {
    resourceType: 'Bundle',
    id: randomUUID(),
    meta: { profile: [BACKPORT_URLS.notification], lastUpdated: now.toISOString() },
    type: 'history',
    timestamp: now.toISOString(),
    entry: [
      {
        fullUrl: `urn:uuid:${status.id ?? ''}`,
        resource: status,
        request: { method: 'GET', url: `${state.url}/$status` },
        response: { status: '200' },
      },
      ...content,
    ],
  };
}
