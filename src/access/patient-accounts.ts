import type { Store } from '../store/store.js';
import { type Account, type AccountDocument, findAccount } from './accounts.js';
import type { Activation } from './activation.js';
import { ROLES } from './caller.js';

/** User names of patients: easy to say and to type on any telephone. */
const USER_NAME = /^[a-z][a-z0-9]{2,29}$/;
/** Names that would look like an office or like the service itself. */
const RESERVED: ReadonlySet<string> = new Set([...ROLES, 'admin', 'unknown', 'seed', 'salud', 'hospital', 'paginas']);

const majority = { writeConcern: { w: 'majority' as const } };

/** What people type, as it is kept: small letters, no blanks around it. */
export const userNameOf = (typed: string): string => typed.slice(0, 100).trim().toLowerCase();

/** May a patient choose this name, as far as its form goes? */
export const isUserName = (name: string): boolean => USER_NAME.test(name) && !RESERVED.has(name);

/** Account name of a patient; undefined when there is none yet. */
export async function accountOfPatient(store: Store, patient: string): Promise<string | undefined> {
  const found = await store
    .support<AccountDocument>('accounts')
    .findOne({ patient, kind: 'person' }, { projection: { _id: 1 }, maxTimeMS: 2_000 });
  return found?._id;
}

/** True when somebody has this name already. */
export const isTaken = async (store: Store, name: string): Promise<boolean> =>
  (await findAccount(store, name)) !== undefined;

/**
 * Writes the account of a patient, not yet usable: whoever takes the name first has it.
 * @returns false when the name is taken
 */
export async function reserveAccount(
  store: Store,
  name: string,
  { patient, displayName }: Pick<Activation, 'patient' | 'displayName'>,
): Promise<boolean> {
  const { upsertedCount } = await store.support<AccountDocument>('accounts').updateOne(
    { _id: name },
    {
      $setOnInsert: {
        kind: 'person',
        role: 'patient',
        actsAs: ['patient'],
        displayName,
        facilities: [],
        patient,
        enabled: false,
        demo: false,
        publicKeys: [],
      },
    },
    { upsert: true, ...majority },
  );
  return upsertedCount === 1;
}

/** Gives a name back that {@link reserveAccount} took and nobody came to use. */
export async function releaseAccount(store: Store, name: string): Promise<void> {
  await store
    .support<AccountDocument>('accounts')
    .deleteOne({ _id: name, enabled: false, password: { $exists: false } }, majority);
}

/**
 * Opens the account with a new password.
 * @param again the account was open before: everything that was signed or opened then ends
 * @returns the account as it is now
 */
export async function openAccount(
  store: Store,
  name: string,
  { displayName, guardian }: Pick<Activation, 'displayName' | 'guardian'>,
  password: string,
  again: boolean,
): Promise<Account | undefined> {
  await store.support<AccountDocument>('accounts').updateOne(
    { _id: name },
    {
      $set: {
        enabled: true,
        password,
        displayName,
        ...(again ? { validAfter: new Date() } : {}),
        ...(guardian ? { guardian } : {}),
      },
      ...(guardian ? {} : { $unset: { guardian: '' } }),
    },
    majority,
  );
  return findAccount(store, name);
}
