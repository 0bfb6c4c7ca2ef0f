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
  /** No try counts before this moment. */
  readonly heldUntil: Date;
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

  /** One atomic step by the server's clock: a count that holds stays, another grows and sets its wait. */
  const count = async (kind: Kind, key: string): Promise<number> => {
    const waits = waitsOf(table[kind]);
    const held = { $gt: [{ $ifNull: ['$heldUntil', new Date(0)] }, '$$NOW'] };
    const wrong = { $add: [{ $ifNull: ['$wrong', 0] }, 1] };
    const seconds = { $arrayElemAt: [[...waits], { $min: [wrong, waits.length - 1] }] };
    const step = {
      $cond: [
        held,
        '$$ROOT',
        {
          $mergeObjects: [
            '$$ROOT',
            {
              wrong,
              heldUntil: { $add: ['$$NOW', { $multiply: [seconds, 1_000] }] },
              expiresAt: { $add: ['$$NOW', FORGET_MS] },
            },
          ],
        },
      ],
    };
    const before = await collection.findOneAndUpdate({ _id: key }, [{ $replaceWith: step }], {
      upsert: true,
      returnDocument: 'before',
      ...majority,
    });
    return before ? Math.max(0, Math.ceil((before.heldUntil.getTime() - Date.now()) / 1_000)) : 0;
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
          return wait;
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
