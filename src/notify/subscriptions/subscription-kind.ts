import type { Subscription } from '@medplum/fhirtypes';
import type { AccountLookup } from '../../access/authenticate.js';
import type { Caller } from '../../access/caller.js';
import { mayEver } from '../../access/policy/authorize.js';
import { isByFacility } from '../../access/policy/linked-scope.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { searchPins } from '../../fhir/search/search-pins.js';
import type { SearchQuery } from '../../fhir/search/search-query.js';
import { isServiceError } from '../../errors.js';
import { logger } from '../../logger.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { NewDelivery } from '../../store/delivery.js';
import type { DeliveryStore } from '../../store/delivery-store.js';
import type { HistoryEntry } from '../../store/envelope.js';
import type { NotifyKind } from '../notify-kind.js';
import type { OutboundRules, Resolve } from '../outbound/safe-address.js';
import { afterNotification } from './after-notification.js';
import { type Match, matchEvent } from './match-event.js';
import { readSubscription, SubscriptionShape, type SubscriptionPlan } from './read-subscription.js';
import { sendNotification } from './send-notification.js';
import { findSubscriber, rememberSubscriber, type Subscriber, subscriberCaller } from './subscribers.js';

export interface SubscriptionServices {
  readonly context: FhirContext;
  readonly deliveries: DeliveryStore;
  readonly accounts: AccountLookup;
  readonly match: Match;
  readonly outbound: OutboundRules;
  readonly now: () => Date;
  readonly resolve?: Resolve;
}

/** A Subscription that gets events. */
interface Listening {
  readonly id: string;
  readonly plan: SubscriptionPlan;
  readonly subscriber: Subscriber & { readonly since: Date };
}

/** Statuses in which events are recorded: one that has errors misses nothing while it is tried again. */
const LISTENING: readonly string[] = ['active', 'error'];
const MOST_SUBSCRIPTIONS = 5_000;

/**
 * Could this search find the entry at all? Across patients a facility sees what names it; where the search names a patient,
 * the relation decides; nobody beyond the token that asked. Most subscribers are sorted out here, before anything is read.
 */
const mayReach = (caller: Caller, query: SearchQuery, { type, acc }: HistoryEntry): boolean =>
  mayEver(caller, 'search-type', type) &&
  (!isByFacility(caller, type) ||
    searchPins(type, query).patients.length > 0 ||
    caller.facilities.some((facility) => acc.includes(facility)));

const laneOf = (id: string): string => `Subscription/${id}`;

/** FHIR Subscriptions: follows which are active, and records an event for each whose search would find it. */
export class SubscriptionKind implements NotifyKind {
  readonly kind = 'subscriptions';
  readonly #listening = new Map<string, Listening>();

  constructor(private readonly services: SubscriptionServices) {}

  async start(): Promise<void> {
    this.#listening.clear();
    const status = { 's.tok': { $in: LISTENING.map((one) => `status~${one}`) } };
    const found = await this.services.context.store.find('Subscription', status, { limit: MOST_SUBSCRIPTIONS });
    for (const stored of found) await this.#listen(stored._id, resourceOf<Subscription>(stored));
  }

  async #listen(id: string, resource: Subscription): Promise<void> {
    const { context, outbound } = this.services;
    const subscriber = await findSubscriber(context.store, id);
    if (subscriber?.since === undefined) return;
    const { since } = subscriber;
    const { definitions, baseUrl } = context;
    try {
      const plan = readSubscription(SubscriptionShape.parse(resource), definitions, baseUrl, outbound);
      this.#listening.set(id, { id, plan, subscriber: { ...subscriber, since } });
    } catch (error) {
      // Asked for under other rules, for example before the service went into production.
      if (!isServiceError(error)) throw error;
      logger.warn({ subscription: id }, 'a Subscription is no longer supported');
    }
  }

  async derive(entry: HistoryEntry): Promise<readonly NewDelivery[]> {
    return entry.type === 'Subscription' ? this.#changed(entry) : this.#events(entry);
  }

  /** A Subscription was written: the last word on whether it gets what commits after it. */
  async #changed(entry: HistoryEntry): Promise<readonly NewDelivery[]> {
    const { id, vid } = entry;
    this.#listening.delete(id);
    if (entry.method === 'DELETE') return [];
    const version = await this.services.context.store.readVersion(entry.type, id, vid);
    if (!version) return [];
    const resource = resourceOf<Subscription>(version);
    if (LISTENING.includes(resource.status)) await this.#listen(id, resource);
    if (resource.status !== 'requested') return [];
    if (!(await rememberSubscriber(this.services.context.store, id, vid))) return [];
    return [this.#delivery(entry, id, 'handshake', { vid: String(vid) })];
  }

  async #events(entry: HistoryEntry): Promise<readonly NewDelivery[]> {
    const { context, accounts, match } = this.services;
    if (entry.method === 'DELETE') return [];
    const listening = [...this.#listening.values()].filter(
      ({ plan, subscriber }) => plan.query.type === entry.type && entry.lu >= subscriber.since,
    );
    const candidates = await Promise.all(
      listening.map(async ({ id, plan, subscriber }) => {
        const caller = await subscriberCaller(accounts, subscriber);
        return caller && mayReach(caller, plan.query, entry) ? [{ id, caller, query: plan.query }] : [];
      }),
    );
    const asked = candidates.flat();
    const version = asked.length > 0 && (await context.store.readVersion(entry.type, entry.id, entry.vid));
    if (!version) return [];
    const found = await matchEvent(context, match, version, asked);
    return asked.filter((_one, index) => found[index]).map(({ id }) => this.#delivery(entry, id, 'event', {}));
  }

  #delivery(entry: HistoryEntry, id: string, text: string, facts: Readonly<Record<string, string>>): NewDelivery {
    const to = `Subscription/${id}`;
    return {
      _id: [entry._id, to, 'rest-hook', text].join('|'),
      kind: this.kind,
      lane: laneOf(id),
      event: entry._id,
      channel: 'rest-hook',
      to,
      text,
      about: `${entry.type}/${entry.id}`,
      facts,
      due: this.services.now(),
    };
  }

  send(...[delivery]: Parameters<NotifyKind['send']>): ReturnType<NotifyKind['send']> {
    return sendNotification(this.services, delivery);
  }

  after(...[delivery, outcome, failures]: Parameters<NonNullable<NotifyKind['after']>>): Promise<void> {
    return afterNotification(this.services, delivery, outcome, failures);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
