import type { Store } from '../store/store.js';
import { type AttemptLimits, type BackOffTable, createAttemptLimits } from './attempt-limits.js';

/**
 * Three counts for each try. The narrow one stops guessing from one place; the other two stop guessing from many places
 * and at many accounts, with room for a hospital behind one address. An account's own wait is short: it slows an attacker
 * with a thousand addresses and leaves its owner a way in.
 */
const BACK_OFF: BackOffTable = {
  'account-address': { free: 5, first: 30, longest: 900 },
  account: { free: 50, first: 5, longest: 60 },
  address: { free: 50, first: 30, longest: 900 },
};

/** Back-off for wrong passwords. */
export const createSignInLimits = (store: Store): AttemptLimits => createAttemptLimits(store, 'sign-in', BACK_OFF);

/**
 * A printed code goes with a birth date, and there are few of those (36,525 in a century): from all places together a
 * code can be tried about 24 times a day once the first ones are used up. One address may stand for a whole clinic.
 */
const PRINTED: BackOffTable = {
  'account-address': { free: 4, first: 60, longest: 3_600 },
  account: { free: 10, first: 60, longest: 3_600 },
  address: { free: 30, first: 30, longest: 900 },
};

/** Back-off for wrong codes and birth dates of referral sheets and of account activation. */
export const createCodeLimits = (store: Store, realm: 'paper-code' | 'activation'): AttemptLimits =>
  createAttemptLimits(store, realm, PRINTED);
