import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../logger.js';
import type { Delivery, NewDelivery, Outcome } from '../store/delivery.js';
import { DeliveryFenced, type DeliveryStore } from '../store/delivery-store.js';
import type { HistoryEntry } from '../store/envelope.js';
import type { FeedItem } from '../store/feed.js';
import { encodePosition } from '../store/feed-position.js';
import { type BackOff, waitAfter } from './back-off.js';
import type { NotifyKind } from './notify-kind.js';

/** What the worker of a kind stands on. */
export interface WorkerParts {
  readonly deliveries: DeliveryStore;
  /** Entries after a position, in the order of the commits; their texts may be left out. */
  readonly feed: (after: string, signal: AbortSignal) => AsyncIterable<FeedItem>;
  /** Does the work while this process is the only one that does. */
  readonly alone: (
    name: string,
    signal: AbortSignal,
    work: (lost: AbortSignal, term: number) => Promise<void>,
  ) => Promise<void>;
  readonly backOff: BackOff;
  readonly now: () => Date;
  readonly random?: () => number;
  /** Pause between two looks for what is due, ms. */
  readonly pollMs: number;
  readonly onOutcome?: (delivery: Delivery, state: Outcome['state']) => void;
}

/** Lanes served at once. */
const AT_ONCE = 8;
/** Deliveries looked at in one go. */
const LOOK = 64;
/** The position moves on in steps: a step is seen twice after a crash, and gives the same deliveries. */
const STEP_MS = 1_000;
/** After an error of the database or the feed, ms. */
const REST_MS = 1_000;
/** Failures over the same entry, one rest apart, after which it is passed over. */
const STUMBLES = 10;
/** An entry that committed while the very first worker started is not missed. */
const OVERLAP_MS = 60_000;

/** Why an error counts as a failed try; no text of it, which could hold content. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.name : 'error');

/** Follows the feed and delivers, for one kind, for as long as this process holds its lease. */
export class NotifyWorker {
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #stumbled = { id: '', times: 0 };

  constructor(
    private readonly kind: NotifyKind,
    private readonly parts: WorkerParts,
  ) {
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.parts.alone(`notify-${this.kind.kind}`, signal, (lost, term) => this.#hold(lost, term));
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        if (!(error instanceof DeliveryFenced))
          logger.warn({ err: error, kind: this.kind.kind }, 'notifications were interrupted');
      }
      await sleep(REST_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Both halves end together: whoever does not follow the feed must not look as if it did. */
  async #hold(lost: AbortSignal, term: number): Promise<void> {
    const both = new AbortController();
    const signal = AbortSignal.any([lost, this.#closing.signal, both.signal]);
    await this.kind.start?.();
    const halves = [this.#follow(signal, term), this.#deliver(signal)].map((half) =>
      half.finally(() => both.abort(new Error('the other half has ended'))),
    );
    try {
      await Promise.all(halves);
    } finally {
      await Promise.allSettled(halves);
    }
  }

  async #follow(signal: AbortSignal, term: number): Promise<void> {
    const { deliveries, feed, now } = this.parts;
    const { kind } = this.kind;
    const first = encodePosition({ lu: Date.now() - OVERLAP_MS, scan: '' });
    const after = await deliveries.begin(kind, term, first);
    let saved = performance.now();
    for await (const { entry, position } of feed(after, signal)) {
      const found = await this.#derive(entry);
      await deliveries.add(kind, term, found, now());
      if (performance.now() - saved < STEP_MS) continue;
      await deliveries.moveOn(kind, term, position);
      saved = performance.now();
    }
  }

  /** An entry that cannot be understood again and again must not keep all later ones from being told. */
  async #derive(entry: HistoryEntry): Promise<readonly NewDelivery[]> {
    try {
      return await this.kind.derive(entry);
    } catch (error) {
      const times = this.#stumbled.id === entry._id ? this.#stumbled.times + 1 : 1;
      this.#stumbled = { id: entry._id, times };
      if (times < STUMBLES) throw error;
      logger.error({ err: error, entry: entry._id, kind: this.kind.kind }, 'an entry of the feed was passed over');
      return [];
    }
  }

  async #deliver(signal: AbortSignal): Promise<void> {
    const { deliveries, now, pollMs } = this.parts;
    while (!signal.aborted) {
      const due = await deliveries.due(this.kind.kind, now(), LOOK);
      const lanes = new Map<string, Delivery>();
      for (const delivery of due) {
        const known = lanes.get(delivery.lane);
        if (!known || delivery.seq < known.seq) lanes.set(delivery.lane, delivery);
      }
      const waiting = [...lanes.values()];
      const serve = async (): Promise<void> => {
        for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) await this.#serve(next);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, serve));
      if (due.length === 0) await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One try for the earliest of a lane; a later one waits as long as that does. */
  async #serve(delivery: Delivery): Promise<void> {
    const { deliveries, backOff, now, random, onOutcome } = this.parts;
    const head = await deliveries.head(delivery.lane);
    if (!head) return;
    if (head.due > now()) return deliveries.defer(delivery._id, head.due);
    const outcome = await this.#try(head);
    if (outcome.state === 'wait') return deliveries.defer(head._id, outcome.until, outcome.why);
    const failures = head.tries + 1;
    const gaveUp = outcome.state === 'retry' && failures >= backOff.tries;
    const state = gaveUp ? 'dead' : outcome.state;
    if (state === 'retry') {
      const afterMs = outcome.state === 'retry' ? outcome.afterMs : undefined;
      const due = new Date(now().getTime() + waitAfter(backOff, failures, afterMs, random));
      await deliveries.retryAt(head._id, due, 'why' in outcome ? outcome.why : '');
    } else await deliveries.finish(head._id, state, now(), 'why' in outcome ? outcome.why : undefined);
    onOutcome?.(head, state);
    await this.kind.after?.(head, gaveUp ? { state: 'dead', why: outcome.why } : outcome, failures);
  }

  async #try(delivery: Delivery): Promise<Outcome> {
    try {
      return await this.kind.send(delivery);
    } catch (error) {
      logger.warn({ err: error, kind: this.kind.kind }, 'a notification could not be sent');
      return { state: 'retry', why: reasonOf(error) };
    }
  }

  /** Ends it; what is on its way stays there for the next holder of the lease. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the service is stopping'));
    await this.#running;
    await this.kind.close();
  }
}
