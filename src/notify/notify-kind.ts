import type { Delivery, DeliveryKind, NewDelivery, Outcome } from '../store/delivery.js';
import type { HistoryEntry } from '../store/envelope.js';

/** What a worker does for its kind of notification. */
export interface NotifyKind {
  readonly kind: DeliveryKind;
  /** Called when this process has become the worker, before the first entry. */
  start?(): Promise<void>;
  /**
   * Deliveries of a history entry, which comes without its text; called in the order of the commits, again for the last ones
   * after a crash.
   */
  derive(entry: HistoryEntry): Promise<readonly NewDelivery[]>;
  /** One try. What it throws counts as a failure that passes. */
  send(delivery: Delivery): Promise<Outcome>;
  /** Told after a failure, and after a success that follows one. */
  after?(delivery: Delivery, outcome: Outcome, failures: number): Promise<void>;
  close(): Promise<void>;
}
