/** Kinds of notification; each has a worker of its own. */
export const DELIVERY_KINDS = ['messages', 'subscriptions'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** `waiting`: on its way; `sent`; `dropped`: must not be sent (any more); `dead`: given up, an operator decides. */
export const DELIVERY_STATES = ['waiting', 'sent', 'dropped', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One thing to tell one recipient over one channel. Holds ids and codes, no names, numbers or addresses of people. */
export interface NewDelivery {
  /** Stable: event, recipient, channel and text. The same event never makes two of it. */
  readonly _id: string;
  readonly kind: DeliveryKind;
  /** What must arrive in order: a later delivery of a lane waits for the earlier one. */
  readonly lane: string;
  /** History entry that it comes from, `Type/id/version`. */
  readonly event: string;
  readonly channel: string;
  /** Who is told, `Type/id`. */
  readonly to: string;
  /** Key of what is said. */
  readonly text: string;
  /** What it is about, `Type/id`. */
  readonly about: string;
  /** Ids, codes and dates that the text needs and that were true at the event. */
  readonly facts: Readonly<Record<string, string>>;
  /** Not before this moment. */
  readonly due: Date;
}

/** A delivery as it stands. */
export interface Delivery extends NewDelivery {
  /** Order of the deliveries of a kind: that of the commits they come from. */
  readonly seq: number;
  readonly at: Date;
  readonly state: DeliveryState;
  /** Failed tries since it was made, or since an operator asked for it again. */
  readonly tries: number;
  /** Why the last try failed, or why it was dropped: code, no content. */
  readonly why?: string;
  /** Number of the event for its subscriber, counted without gaps. */
  readonly number?: number;
  readonly doneAt?: Date;
  /** When the record goes. */
  readonly expires?: Date;
}

/** What has become of a try. */
export type Outcome =
  | { readonly state: 'sent' }
  /** It must not be sent: nobody may hear it any more. */
  | { readonly state: 'dropped'; readonly why: string }
  /** It may work later; `afterMs` when the other side said when. */
  | { readonly state: 'retry'; readonly why: string; readonly afterMs?: number }
  /** Not now: it leaves later, and that is no failure. */
  | { readonly state: 'wait'; readonly until: Date; readonly why: string }
  /** It will not work. */
  | { readonly state: 'dead'; readonly why: string };

/** Deliveries by kind and state. */
export interface DeliveryCount {
  readonly kind: DeliveryKind;
  readonly state: DeliveryState;
  readonly count: number;
}
