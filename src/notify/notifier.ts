import type { AccountLookup } from '../access/authenticate.js';
import type { Config } from '../config/config.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { Delivery, DeliveryCount, DeliveryKind, Outcome } from '../store/delivery.js';
import type { DeliveryStore } from '../store/delivery-store.js';
import { BACK_OFF, type BackOff } from './back-off.js';
import { email } from './channels/email.js';
import { smsFile } from './channels/sms-file.js';
import { smsHttp } from './channels/sms-http.js';
import { messageKind } from './messages/message-kind.js';
import { outboundRules } from './outbound/outbound-rules.js';
import type { Resolve } from './outbound/safe-address.js';
import type { Match } from './subscriptions/match-event.js';
import { SubscriptionKind } from './subscriptions/subscription-kind.js';
import { NotifyWorker, type WorkerParts } from './worker.js';

/** What the notifications stand on. */
export interface NotifierParts extends Pick<WorkerParts, 'deliveries' | 'feed' | 'alone'> {
  readonly context: FhirContext;
  readonly config: Config;
  readonly accounts: AccountLookup;
  readonly match: Match;
}

/** What tests set otherwise. */
export interface NotifierOptions {
  readonly now?: () => Date;
  readonly backOff?: BackOff;
  readonly pollMs?: number;
  readonly resolve?: Resolve;
}

/** What became of tries in this process, by kind. */
export type OutcomeCounts = ReadonlyMap<`${DeliveryKind} ${Outcome['state']}`, number>;

/** Notifications of one process. */
export interface Notifier {
  /** Takes part in the work: of all processes, one follows and delivers each kind. */
  start(options?: NotifierOptions): void;
  /** Waiting and dead deliveries of all processes. */
  counts(): Promise<readonly DeliveryCount[]>;
  outcomes(): OutcomeCounts;
  readonly deliveries: DeliveryStore;
  close(): Promise<void>;
}

const POLL_MS = 500;

/** Builds the notifications of a service; nothing runs before `start`. */
export function createNotifier(parts: NotifierParts): Notifier {
  const { context, config, accounts, match, deliveries, feed, alone } = parts;
  const { production, publicUrl, notifications, secrets } = config;
  const { sms } = notifications;
  const outcomes = new Map<`${DeliveryKind} ${Outcome['state']}`, number>();
  let workers: readonly NotifyWorker[] = [];

  const smsChannel = (now: () => Date) => {
    if (sms.gateway === 'file') return { sms: smsFile(sms.file, now) };
    const { url } = sms;
    const { smsKey: key } = secrets;
    return sms.gateway === 'http' && url !== undefined && key !== undefined ? { sms: smsHttp({ url, key, now }) } : {};
  };
  const mailChannel = () => {
    const { smtpUrl: url } = secrets;
    if (url === undefined) return {};
    return { email: email({ url, from: notifications.mailFrom, requireTls: production && url.startsWith('smtp:') }) };
  };
  const onOutcome = ({ kind }: Delivery, state: Outcome['state']): void => {
    const key = `${kind} ${state}` as const;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  };

  return {
    deliveries,
    start({ now = () => new Date(), backOff = BACK_OFF, pollMs = POLL_MS, resolve } = {}) {
      const shared = { deliveries, feed, alone, backOff, now, pollMs, onOutcome };
      const outbound = outboundRules(config);
      const messages = messageKind({
        context,
        publicUrl,
        now,
        ...(sms.quiet ? { quiet: sms.quiet } : {}),
        ...smsChannel(now),
        ...mailChannel(),
      });
      const subscriptions = new SubscriptionKind({
        context,
        deliveries,
        accounts,
        match,
        outbound,
        now,
        ...(resolve ? { resolve } : {}),
      });
      workers = [messages, subscriptions].map((kind) => new NotifyWorker(kind, shared));
    },
    counts: () => deliveries.counts(),
    outcomes: () => outcomes,
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
