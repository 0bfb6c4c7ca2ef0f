import { createHash } from 'node:crypto';
import type { Store } from '../store/store.js';

/** How wrong tries slow down further ones. */
export interface BackOff {
  /** Wrong tries that cost nothing. */
  readonly free: number;
  /** Wait after the first try beyond those, seconds; it doubles with each further one. */
  readonly first: number;
  /** Longest wait, seconds. */
  readonly longest: number;
}

/** What is counted of each try: what was tried from where, what was tried, and from where. */
const KINDS = ['account-address', 'account', 'address'] as const;
type Kind = (typeof KINDS)[number];
/** The back-off of one kind of secret. */
export type BackOffTable = Readonly<Record<Kind, BackOff>>;

/** Wrong tries are forgotten this long after the last one, ms. */
const FORGET_MS = 24 * 3_600_000;

/** Waits in seconds by the number of wrong tries (index), as long as they still grow. */
export function waitsOf({ free, first, longest }: BackOff): readonly number[] {
  const waits = Array<number>(free + 1).fill(0);
  for (let wait = first; ; wait *= 2) {
    waits.push(Math.min(wait, longest));
    if (wait >= longest) return waits;
  }
}

interface AttemptsDocument {
  /** Hash of kind and value: names and addresses that were tried are nobody's business. */
  readonly _id: string;
  readonly wrong: number;
  /** No try counts before this moment; not there as long as tries cost nothing. */
  readonly heldUntil?: Date;
  /** What the last try was told, ms: 0 when it was counted and may go on. */
  readonly told: number;
  readonly expiresAt: Date;
}

export interface AttemptLimits {
  /**
   * Counts a try as wrong before the secret is looked at, so that tries at the same moment do not slip through.
   * @returns seconds to wait when the try may not go on (then it is not counted), else 0
   */
  begin(account: string, address: string): Promise<number>;
  /** The secret was right: the account starts again at zero, and the address gets this one try back. */
  succeeded(account: string, address: string): Promise<void>;
}

const majority = { writeConcern: { w: 'majority' as const } };

/**
 * Back-off for wrong secrets, kept in the store: all processes count together, and a restart forgets nothing.
 * @param realm kind of secret, for example `sign-in`: each counts for itself
 */
export function createAttemptLimits(store: Store, realm: string, table: BackOffTable): AttemptLimits {
  const collection = store.support<AttemptsDocument>('attempts');
  const keyOf = (kind: Kind, account: string, address: string): string =>
    createHash('sha256')
      .update(JSON.stringify([realm, kind, kind === 'address' ? '' : account, kind === 'account' ? '' : address]))
      .digest('base64url');

  /**
   * One atomic step, by the clock of the database alone: a count that holds stays, another grows and sets its wait. What the
   * try is told is decided in the same step: a process that looked at its own clock afterwards could let a try through
   * that was not counted.
   * @returns ms to wait, 0 when the try was counted
   */
  const count = async (kind: Kind, key: string): Promise<number> => {
    const waits = waitsOf(table[kind]);
    const left = { $max: [{ $subtract: [{ $ifNull: ['$heldUntil', new Date(0)] }, '$$NOW'] }, 0] };
    const wrong = { $add: [{ $ifNull: ['$wrong', 0] }, 1] };
    const seconds = { $arrayElemAt: [[...waits], { $min: ['$wrong', waits.length - 1] }] };
    const counted = { $eq: ['$told', 0] };
    const step = [
      { $set: { told: { $toLong: left } } },
      { $set: { wrong: { $cond: [counted, wrong, '$wrong'] } } },
      {
        $set: {
          // A wait of nothing is no moment: a try that began earlier and came later would take it for a hold.
          heldUntil: {
            $cond: [
              { $and: [counted, { $gt: [seconds, 0] }] },
              { $add: ['$$NOW', { $multiply: [seconds, 1_000] }] },
              { $ifNull: ['$heldUntil', '$$REMOVE'] },
            ],
          },
          expiresAt: { $cond: [counted, { $add: ['$$NOW', FORGET_MS] }, '$expiresAt'] },
        },
      },
    ];
    const after = await collection.findOneAndUpdate({ _id: key }, step, {
      upsert: true,
      returnDocument: 'after',
      ...majority,
    });
    return after?.told ?? 0;
  };
  const giveBack = (key: string): Promise<unknown> =>
    collection.updateOne({ _id: key, wrong: { $gt: 0 } }, { $inc: { wrong: -1 } }, majority);

  return {
    async begin(account, address) {
      const counted: string[] = [];
      for (const kind of KINDS) {
        const key = keyOf(kind, account, address);
        const wait = await count(kind, key);
        if (wait > 0) {
          // The try ends here, so what was counted before does not count.
          await Promise.all(counted.map(giveBack));
          return Math.ceil(wait / 1_000);
        }
        counted.push(key);
      }
      return 0;
    },
    async succeeded(account, address) {
      const own = [keyOf('account-address', account, address), keyOf('account', account, address)];
      await Promise.all([
        collection.deleteMany({ _id: { $in: own } }, majority),
        giveBack(keyOf('address', account, address)),
      ]);
    },
  };
}
