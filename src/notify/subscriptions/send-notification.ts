import type { Subscription } from '@medplum/fhirtypes';
import { mayRead } from '../../access/policy/authorize.js';
import { reachOf } from '../../access/policy/policy-table.js';
import { canSee } from '../../access/policy/visibility.js';
import type { Caller } from '../../access/caller.js';
import { isServiceError } from '../../errors.js';
import { stringifyFhir } from '../../fhir/exact-json.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Delivery, Outcome } from '../../store/delivery.js';
import { keyHash } from '../../store/ids.js';
import { httpOutcome } from '../channels/http-outcome.js';
import { OutboundRefused } from '../outbound/safe-address.js';
import { postOutside } from '../outbound/post-outside.js';
import { auditNotification } from './audit-notification.js';
import { type NotifiedEvent, notificationBundle, type SubscriptionState } from './notification-bundle.js';
import { readSubscription, SubscriptionShape, type SubscriptionPlan } from './read-subscription.js';
import { setStatus } from './set-status.js';
import { SIGNATURE_HEADERS, signature, subscriptionKey } from './sign.js';
import { countEvent, findSubscriber, type Subscriber, subscriberActive, subscriberCaller } from './subscribers.js';
import type { SubscriptionServices } from './subscription-kind.js';

/** A delivery with everything that it stands on, as it is now. */
interface Standing {
  readonly delivery: Delivery;
  readonly id: string;
  readonly resource: Subscription;
  readonly plan: SubscriptionPlan;
  readonly subscriber: Subscriber;
  readonly caller: Caller;
}

/** Clocks differ, and a write is dated before it commits. That the feed has come to the active version counts besides. */
const OVERLAP_MS = 15_000;

const dropped = (why: string): Outcome => ({ state: 'dropped', why });

/** Ends a Subscription that nobody has a right to any more; what waits for it goes. */
async function turnOff(
  services: SubscriptionServices,
  { lane }: Delivery,
  id: string,
  error: string,
): Promise<Outcome> {
  const { context, deliveries, now } = services;
  await setStatus(context, id, { status: 'off', error, from: ['requested', 'active', 'error'] });
  await deliveries.dropLane(lane, 'subscription-off', now());
  return dropped('subscription-off');
}

/** Is the Subscription still one that waits for this? The handshake belongs to the version that asked for it. */
function isWaitedFor({ text, facts }: Delivery, { status }: Subscription, subscriber: Subscriber): boolean {
  if (text !== 'handshake') return status === 'active' || status === 'error';
  return String(subscriber.vid) === facts['vid'] && (status === 'requested' || status === 'error');
}

async function standing(services: SubscriptionServices, delivery: Delivery): Promise<Standing | Outcome> {
  const { context, accounts, outbound, now } = services;
  const id = delivery.to.slice('Subscription/'.length);
  const [stored, subscriber] = await Promise.all([
    context.store.read('Subscription', id),
    findSubscriber(context.store, id),
  ]);
  if (!stored || stored.del || !subscriber) return dropped('subscription-gone');
  const resource = resourceOf<Subscription>(stored);
  if (!isWaitedFor(delivery, resource, subscriber)) return dropped('subscription-off');
  const caller = await subscriberCaller(accounts, subscriber);
  // A role that may have no Subscription any more is as good as ended.
  if (!caller || reachOf(caller.role, 'subscription', 'create') === undefined)
    return turnOff(services, delivery, id, 'la cuenta o el puesto terminó / account or post has ended');
  try {
    const { definitions, baseUrl } = context;
    const plan = readSubscription(SubscriptionShape.parse(resource), definitions, baseUrl, outbound);
    if (plan.end !== undefined && plan.end <= now()) return await turnOff(services, delivery, id, 'terminó / ended');
    return { delivery, id, resource, plan, subscriber, caller };
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return turnOff(services, delivery, id, 'ya no se admite / no longer supported');
  }
}

/** May the subscriber read, at this moment, what the event is about? Old versions are judged by today's rule. */
async function mayReadNow({ context }: SubscriptionServices, { about }: Delivery, caller: Caller): Promise<boolean> {
  const [type = '', id = ''] = about.split('/');
  const [head] = await context.store.heads(type, [id]);
  return head !== undefined && mayRead(caller, type) && (await canSee(context.store, caller, type, head));
}

/** The event with as much of it as the payload asks for. */
async function eventOf(
  { context }: SubscriptionServices,
  { delivery, plan }: Standing,
  number: number,
  readable: boolean,
): Promise<NotifiedEvent> {
  const { about, event, at } = delivery;
  const [type = '', id = '', vid = ''] = event.split('/');
  if (plan.payload === 'empty' || !readable) return { number, at };
  const focus = `${context.baseUrl}/${about}`;
  const version = plan.payload === 'full-resource' ? await context.store.readVersion(type, id, Number(vid)) : undefined;
  if (!version || version.json === '') return { number, at, focus };
  const created = version.method === 'POST';
  return {
    number,
    at,
    focus,
    resource: {
      value: resourceOf(version),
      method: created ? 'POST' : 'PUT',
      path: created ? type : about,
    },
  };
}

async function post(services: SubscriptionServices, { delivery, id, plan }: Standing, body: string): Promise<Outcome> {
  const { context, outbound, now, resolve } = services;
  const timestamp = String(Math.floor(now().getTime() / 1_000));
  try {
    const answer = await postOutside({
      url: plan.endpoint,
      rules: outbound,
      ...(resolve ? { resolve } : {}),
      body,
      headers: {
        ...plan.headers,
        'content-type': 'application/fhir+json; charset=utf-8',
        [SIGNATURE_HEADERS.timestamp]: timestamp,
        [SIGNATURE_HEADERS.signature]: signature(subscriptionKey(context, id), timestamp, body),
        [SIGNATURE_HEADERS.delivery]: keyHash('delivery', delivery._id),
      },
    });
    const outcome = httpOutcome(answer.status, answer.retryAfter, now());
    // Gone is meant for good (RFC 9110, 15.5.11); other refusals may be a mistake that somebody mends.
    return outcome.state === 'dead' && answer.status !== 410 ? { state: 'retry', why: outcome.why } : outcome;
  } catch (error) {
    if (error instanceof OutboundRefused) return { state: 'retry', why: `refused-${error.code}` };
    const { code, name } = error as { code?: unknown; name?: string };
    return { state: 'retry', why: typeof code === 'string' ? code : (name ?? 'error') };
  }
}

const stateOf = (
  { context }: SubscriptionServices,
  { id, plan, subscriber }: Standing,
  more: Pick<SubscriptionState, 'type' | 'status'> & { readonly number?: number },
): SubscriptionState => ({
  url: `${context.baseUrl}/Subscription/${id}`,
  topic: plan.topic,
  status: more.status,
  type: more.type,
  events: more.number ?? subscriber.events,
});

async function handshake(services: SubscriptionServices, it: Standing): Promise<Outcome> {
  const { context, now } = services;
  const state = stateOf(services, it, { type: 'handshake', status: 'requested' });
  const outcome = await post(services, it, stringifyFhir(notificationBundle(state, undefined, now())));
  if (outcome.state !== 'sent') return outcome;
  await subscriberActive(context.store, it.id, it.subscriber.vid, new Date(Date.now() - OVERLAP_MS));
  // A newer version asks for a handshake of its own.
  const version = it.resource.meta?.versionId;
  await setStatus(context, it.id, { status: 'active', version, from: ['requested', 'error'] });
  return outcome;
}

async function notify(services: SubscriptionServices, it: Standing): Promise<Outcome> {
  const { context, deliveries, now } = services;
  const { delivery, id, subscriber, caller } = it;
  const readable = await mayReadNow(services, delivery, caller);
  // What was never readable is no event; one that has its number keeps it, or the subscriber would look for a gap.
  if (!readable && delivery.number === undefined) return dropped('not-readable');
  const number = delivery.number ?? (await deliveries.number(delivery._id, subscriber.events + 1));
  await countEvent(context.store, id, number);
  const event = await eventOf(services, it, number, readable);
  const state = stateOf(services, it, { type: 'event-notification', status: 'active', number });
  // Before the try, whatever it is answered: what a receiver refuses or never answers, it may have read.
  if (event.focus !== undefined) await auditNotification(context, delivery, caller, id);
  return post(services, it, stringifyFhir(notificationBundle(state, event, now())));
}

/**
 * One try of a notification, with everything judged as it is at this moment: the Subscription, the account behind it, its
 * right to read what the event is about, the address.
 */
export async function sendNotification(services: SubscriptionServices, delivery: Delivery): Promise<Outcome> {
  const it = await standing(services, delivery);
  if ('state' in it) return it;
  return delivery.text === 'handshake' ? handshake(services, it) : notify(services, it);
}
