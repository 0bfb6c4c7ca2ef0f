import type { mongo } from 'mongoose';
import {
  type Delivery,
  DELIVERY_KINDS,
  type DeliveryCount,
  type DeliveryKind,
  type DeliveryState,
  type NewDelivery,
} from './delivery.js';

/** How far the consumer of a kind has come in the feed. */
interface Progress {
  /** `notify:<kind>`. */
  readonly _id: string;
  readonly position: string;
  /** Number of the last delivery. */
  readonly seq: number;
  /** Number of the lease under which it was written: an older holder writes nothing any more. */
  readonly term: number;
}

/** The lease has passed to another process, which goes on from where this one stopped. */
export class DeliveryFenced extends Error {
  override readonly name = 'DeliveryFenced';
}

const MAJORITY = { writeConcern: { w: 'majority' } } as const;
const DUPLICATE_KEY = 11000;
/** What was sent or dropped is kept this long, for questions. */
const KEPT_MS = 90 * 24 * 3_600_000;

const onlyDuplicates = (error: unknown): boolean => {
  const { writeErrors } = error as { writeErrors?: { code?: unknown } | readonly { code?: unknown }[] };
  const all = [writeErrors].flat();
  return all.length > 0 && all.every((one) => one?.code === DUPLICATE_KEY);
};

/**
 * Deliveries of all processes over one database. Made once each, whatever crashes: the record's id names the event, the
 * recipient, the channel and the text, and the position in the feed moves only when the records are there.
 */
export class DeliveryStore {
  readonly #deliveries: mongo.Collection<Delivery>;
  readonly #progress: mongo.Collection<Progress>;

  constructor(db: mongo.Db) {
    this.#deliveries = db.collection<Delivery>('deliveries');
    this.#progress = db.collection<Progress>('positions');
  }

  /**
   * Takes the place in the feed over for a holding of the lease.
   * @param first position of a consumer that never ran
   * @returns position to go on after
   * @throws DeliveryFenced when a later holder is at work
   */
  async begin(kind: DeliveryKind, term: number, first: string): Promise<string> {
    const _id = `notify:${kind}`;
    await this.#progress.updateOne(
      { _id },
      { $setOnInsert: { position: first, seq: 0, term } },
      { upsert: true, ...MAJORITY },
    );
    return (await this.#fenced(kind, term, {})).position;
  }

  /** Moves on in the feed. Throws DeliveryFenced. */
  async moveOn(kind: DeliveryKind, term: number, position: string): Promise<void> {
    await this.#fenced(kind, term, { $set: { position } });
  }

  /**
   * Records what an event gives; what is there already stays as it is. Numbers are taken first: whoever was overtaken gets
   * none, and its records either lose to the same ones of the next holder or stand in their order.
   * @throws DeliveryFenced
   */
  async add(kind: DeliveryKind, term: number, found: readonly NewDelivery[], now: Date): Promise<void> {
    if (found.length === 0) return;
    const { seq } = await this.#fenced(kind, term, { $inc: { seq: found.length } });
    const rows = found.map((one, index): Delivery => {
      const place = { seq: seq - found.length + index + 1, at: now, state: 'waiting', tries: 0 } as const;
      return { ...one, ...place };
    });
    await this.#deliveries.insertMany(rows, { ordered: false, ...MAJORITY }).catch((error: unknown) => {
      if (!onlyDuplicates(error)) throw error;
    });
  }

  async #fenced(kind: DeliveryKind, term: number, change: mongo.UpdateFilter<Progress>): Promise<Progress> {
    const mine = { _id: `notify:${kind}`, term: { $lte: term } };
    const fenced = { ...change, $set: { ...(change.$set as object | undefined), term } };
    const found = await this.#progress.findOneAndUpdate(mine, fenced, { returnDocument: 'after', ...MAJORITY });
    if (!found) throw new DeliveryFenced(`${kind}: another process has taken over`);
    return found;
  }

  /** What is due, the oldest first. */
  due(kind: DeliveryKind, now: Date, limit: number): Promise<Delivery[]> {
    return this.#deliveries
      .find({ kind, state: 'waiting', due: { $lte: now } }, { sort: { due: 1, seq: 1 }, limit })
      .toArray();
  }

  /** The earliest delivery of the lane that is still on its way. */
  async head(lane: string): Promise<Delivery | undefined> {
    return (await this.#deliveries.findOne({ lane, state: 'waiting' }, { sort: { seq: 1 } })) ?? undefined;
  }

  async #set(id: string, change: mongo.UpdateFilter<Delivery>): Promise<void> {
    await this.#deliveries.updateOne({ _id: id, state: 'waiting' }, change, MAJORITY);
  }

  /** Lets one wait: for the earlier one of its lane, or for the reason that is given. */
  defer(id: string, due: Date, why?: string): Promise<void> {
    return this.#set(id, { $set: { due, ...(why === undefined ? {} : { why }) } });
  }

  /** A try failed: the next one is at `due`. */
  retryAt(id: string, due: Date, why: string): Promise<void> {
    return this.#set(id, { $set: { due, why }, $inc: { tries: 1 } });
  }

  /** It is done with. The dead stay until an operator has decided. */
  finish(id: string, state: 'sent' | 'dropped' | 'dead', now: Date, why?: string): Promise<void> {
    const expires = state === 'dead' ? {} : { expires: new Date(now.getTime() + KEPT_MS) };
    const reason = why === undefined ? {} : { why };
    return this.#set(id, {
      $set: { state, doneAt: now, ...expires, ...reason },
      ...(state === 'dead' ? { $inc: { tries: 1 } } : {}),
      ...(state === 'sent' ? { $unset: { why: '' } } : {}),
    });
  }

  /** Drops everything of a lane that is still on its way. */
  async dropLane(lane: string, why: string, now: Date): Promise<void> {
    const expires = new Date(now.getTime() + KEPT_MS);
    await this.#deliveries.updateMany(
      { lane, state: 'waiting' },
      { $set: { state: 'dropped', why, doneAt: now, expires } },
      MAJORITY,
    );
  }

  /** Gives a delivery its number when it has none. Returns the number it has. */
  async number(id: string, number: number): Promise<number> {
    await this.#deliveries.updateOne({ _id: id, number: { $exists: false } }, { $set: { number } }, MAJORITY);
    return (await this.#deliveries.findOne({ _id: id }, { projection: { number: 1 } }))?.number ?? number;
  }

  /** Deliveries in a state, the oldest first. */
  list(state: DeliveryState, limit: number): Promise<Delivery[]> {
    return this.#deliveries
      .find({ kind: { $in: [...DELIVERY_KINDS] }, state }, { sort: { at: 1, seq: 1 }, limit })
      .toArray();
  }

  /** Sends a dead one on its way again; false when there is no dead one with this id. */
  async revive(id: string, now: Date): Promise<boolean> {
    const again = { $set: { state: 'waiting', tries: 0, due: now }, $unset: { doneAt: '' } } as const;
    const { matchedCount } = await this.#deliveries.updateOne({ _id: id, state: 'dead' }, again, MAJORITY);
    return matchedCount === 1;
  }

  /** How many wait and how many are dead, by kind: what operators watch. */
  async counts(): Promise<readonly DeliveryCount[]> {
    const cells = DELIVERY_KINDS.flatMap((kind) => (['waiting', 'dead'] as const).map((state) => ({ kind, state })));
    return Promise.all(
      cells.map(async (cell) => ({ ...cell, count: await this.#deliveries.countDocuments({ ...cell }) })),
    );
  }
}
