import { createHash } from 'node:crypto';
import type { Store } from '../store/store.js';

/** How wrong passwords slow down further tries. */
export interface BackOff {
  /** Wrong tries that cost nothing. */
  readonly free: number;
  /** Wait after the first try beyond those, seconds; it doubles with each further one. */
  readonly first: number;
  /** Longest wait, seconds. */
  readonly longest: number;
}

/**
 * Three counts for each try. The narrow one stops guessing from one place; the other two stop guessing from many places
 * and at many accounts, with room for a hospital behind one address. An account's own wait is short: it slows an attacker
 * with a thousand addresses and leaves its owner a way in.
 */
const BACK_OFF = {
  'account-address': { free: 5, first: 30, longest: 900 },
  account: { free: 50, first: 5, longest: 60 },
  address: { free: 50, first: 30, longest: 900 },
} as const satisfies Record<string, BackOff>;
type Kind = keyof typeof BACK_OFF;
const KINDS = Object.keys(BACK_OFF) as readonly Kind[];

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

export interface SignInLimits {
  /**
   * Counts a try as wrong before the password is looked at, so that tries at the same moment do not slip through.
   * @returns seconds to wait when the try may not go on (then it is not counted), else 0
   */
  begin(account: string, address: string): Promise<number>;
  /** The password was right: the account starts again at zero, and the address gets this one try back. */
  succeeded(account: string, address: string): Promise<void>;
}

const majority = { writeConcern: { w: 'majority' as const } };
const keyOf = (kind: Kind, account: string, address: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, kind === 'address' ? '' : account, kind === 'account' ? '' : address]))
    .digest('base64url');

/** Back-off for wrong passwords, kept in the store: all processes count together, and a restart forgets nothing. */
export function createSignInLimits(store: Store): SignInLimits {
  const collection = store.support<AttemptsDocument>('attempts');

  /** One atomic step by the server's clock: a count that holds stays, another grows and sets its wait. */
  const count = async (kind: Kind, key: string): Promise<number> => {
    const waits = waitsOf(BACK_OFF[kind]);
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
