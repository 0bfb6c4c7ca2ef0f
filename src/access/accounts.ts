import { generateKeyPair, type JsonWebKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../config/paths.js';
import { catalogueId } from '../store/ids.js';
import type { Store } from '../store/store.js';
import type { Assignment } from './assignments.js';
import { type Role, ROLES } from './caller.js';
import { DEMO_PASSWORD } from './demo-password.js';
import { hashPassword } from './password-hash.js';

/** A public key of a system, as JSON Web Key. */
export type PublicJwk = JsonWebKey & { readonly kid: string; readonly alg: string };

/** Someone who may ask for tokens. */
export interface Account {
  /** Name, and OAuth client id of a system. */
  readonly name: string;
  readonly kind: 'person' | 'system';
  readonly role: Role;
  /** Roles a system may act in; for people their role. */
  readonly actsAs: readonly Role[];
  readonly displayName: string;
  /** Organization id of the assignment in use. */
  readonly facility?: string;
  /** Organization ids seen across patients. */
  readonly facilities: readonly string[];
  /** Patient id, for patients. */
  readonly patient?: string;
  /** Who uses the account of a patient in the patient's place. */
  readonly guardian?: { readonly name: string; readonly relationship: string };
  /** PractitionerRole id of the assignment in use, for people. */
  readonly practitionerRole?: string;
  /** Posts with their dates, for people who hold or held several; role and facility above are those of the first. */
  readonly assignments?: readonly Assignment[];
  readonly enabled: boolean;
  /** Demonstration account: refused in production. */
  readonly demo: boolean;
  /** Tokens from before this moment are refused (all sessions closed). */
  readonly validAfter?: Date;
  /** Keys that verify the client assertions of a system. */
  readonly publicKeys: readonly PublicJwk[];
}

/** An account as it is stored. */
export interface AccountDocument extends Omit<Account, 'name'> {
  readonly _id: string;
  /** Private key of a demonstration system, so that the demo and outside programs can sign assertions. */
  readonly demoKey?: PublicJwk;
  /** Argon2id, PHC string; people without one cannot sign in. */
  readonly password?: string;
}

/** What never leaves this file. */
const SECRET = { demoKey: 0, password: 0 } as const;

const DemoAccounts = z.array(
  z.strictObject({
    name: z.string().regex(/^[a-z]+(\.[a-z0-9]+)?$/),
    kind: z.enum(['person', 'system']),
    role: z.enum(ROLES),
    /** Alias of a facility or network in seed/facilities.json. */
    facility: z.string().optional(),
    actsAs: z.array(z.enum(ROLES)).optional(),
    /** Further posts of a person; dates are days of Honduras. */
    alsoAt: z
      .array(
        z.strictObject({
          role: z.enum(ROLES),
          facility: z.string(),
          from: z.iso.date().optional(),
          to: z.iso.date().optional(),
        }),
      )
      .optional(),
    displayName: z.string(),
  }),
);
/** A row of seed/accounts.json. */
export type DemoAccount = z.infer<typeof DemoAccounts>[number];

/** Organization behind an alias, and the Organizations that someone of it sees across patients (itself, or a network's members). */
export interface AccountFacility {
  readonly id: string;
  readonly members: readonly string[];
}

/** Roles whose holders are health personnel with an assignment (PractitionerRole) at their facility. */
const ASSIGNED: ReadonlySet<Role> = new Set<Role>([
  'clinician',
  'nurse',
  'clerk',
  'uau',
  'triage',
  'scheduler',
  'specialist',
  'manager',
]);

/** Patient id of a demonstration patient account: the demonstration data registers that person under it. */
export const demoPatientId = (account: string): string => catalogueId('Patient', `account|${account}`);
/** PractitionerRole id of a demonstration person. */
export const demoPractitionerRoleId = (account: string): string =>
  catalogueId('PractitionerRole', `account|${account}`);

const toAccount = ({ _id, demoKey: _key, password: _hash, ...rest }: AccountDocument): Account => ({
  name: _id,
  ...rest,
});

/** Rows of seed/accounts.json. */
export const readDemoAccounts = async (): Promise<DemoAccount[]> =>
  DemoAccounts.parse(JSON.parse(await readFile(join(packageRoot, 'seed', 'accounts.json'), 'utf8')));

const generate = promisify(generateKeyPair);

/** An ES384 pair for `private_key_jwt` (SMART App Launch 2.2, asymmetric client authentication). */
async function newClientKey(name: string): Promise<{ publicKeys: PublicJwk[]; demoKey: PublicJwk }> {
  const { privateKey, publicKey } = await generate('ec', { namedCurve: 'P-384' });
  const about = { kid: `${name}-1`, alg: 'ES384', use: 'sig' };
  return {
    publicKeys: [{ ...publicKey.export({ format: 'jwk' }), ...about }],
    demoKey: { ...privateKey.export({ format: 'jwk' }), ...about },
  };
}

/** Posts of a demonstration account, its own first; throws Error when an alias is unknown. */
function demoAssignments(
  { name, role, facility, alsoAt = [] }: DemoAccount,
  resolveFacility: (alias: string) => AccountFacility | undefined,
): Assignment[] {
  const others = alsoAt.map(({ facility: alias, ...post }) => ({ ...post, alias, post: `${post.role}.${alias}` }));
  return [{ role, alias: facility, post: name }, ...others].map(({ alias, post, ...rest }) => {
    const found = alias === undefined ? undefined : resolveFacility(alias);
    if (alias !== undefined && !found) throw new Error(`account ${name}: no facility has the alias ${alias}`);
    return {
      ...rest,
      facilities: found?.members ?? [],
      ...(found ? { facility: found.id } : {}),
      ...(ASSIGNED.has(rest.role) ? { practitionerRole: demoPractitionerRoleId(post) } : {}),
    };
  });
}

/** Gives every demonstration person without a password the public one; a single hash will do, as there is no secret in it. */
async function ensureDemoPasswords(store: Store): Promise<void> {
  const collection = store.support<AccountDocument>('accounts');
  const without = { demo: true, kind: 'person', password: { $exists: false } } as const;
  if ((await collection.countDocuments(without, { limit: 1 })) === 0) return;
  const password = await hashPassword(DEMO_PASSWORD);
  await collection.updateMany(without, { $set: { password } }, { writeConcern: { w: 'majority' } });
}

/**
 * Writes the demonstration accounts of seed/accounts.json; run again it renews their data and keeps keys, closed
 * sessions and who was disabled. Processes that start at the same time end with the same keys.
 * @param resolveFacility Organization behind an alias
 * @returns number of demonstration accounts
 * @throws Error when an alias is unknown
 */
export async function ensureDemoAccounts(
  store: Store,
  resolveFacility: (alias: string) => AccountFacility | undefined,
): Promise<number> {
  const rows = await readDemoAccounts();
  const collection = store.support<AccountDocument>('accounts');
  const known = new Set(
    (await collection.find({ demo: true }, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
  );
  const operations = await Promise.all(
    rows.map(async (row) => {
      const { name, kind, role, actsAs, displayName } = row;
      const [first, ...others] = demoAssignments(row, resolveFacility);
      const renewed = {
        kind,
        role,
        displayName,
        actsAs: actsAs ?? [role],
        ...first,
        ...(role === 'patient' ? { patient: demoPatientId(name) } : {}),
        ...(first && others.length > 0 ? { assignments: [first, ...others] } : {}),
      };
      const kept = known.has(name)
        ? {}
        : { enabled: true, demo: true, ...(kind === 'system' ? await newClientKey(name) : { publicKeys: [] }) };
      return { updateOne: { filter: { _id: name }, update: { $set: renewed, $setOnInsert: kept }, upsert: true } };
    }),
  );
  await collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority' } });
  await ensureDemoPasswords(store);
  return rows.length;
}

/** Account by name; undefined when there is none. Disabled accounts are given too: the caller decides. */
export async function findAccount(store: Store, name: string): Promise<Account | undefined> {
  const found = await store
    .support<AccountDocument>('accounts')
    .findOne({ _id: name }, { projection: SECRET, maxTimeMS: 2_000 });
  return found ? toAccount(found) : undefined;
}

/** All accounts, by name. */
export const listAccounts = async (store: Store): Promise<Account[]> =>
  (
    await store
      .support<AccountDocument>('accounts')
      .find({}, { projection: SECRET, sort: { _id: 1 } })
      .toArray()
  ).map(toAccount);

/**
 * Private key of a demonstration system, as JSON Web Key with `kid` and `alg`; undefined for everybody else.
 * Never served over HTTP: the demo and the command line read it from the database.
 */
export async function demoClientKey(store: Store, name: string): Promise<PublicJwk | undefined> {
  const found = await store
    .support<AccountDocument>('accounts')
    .findOne({ _id: name, demo: true }, { projection: { demoKey: 1 } });
  return found?.demoKey;
}

/** Password hash of an account as PHC string; undefined when there is none. */
export async function findPasswordHash(store: Store, name: string): Promise<string | undefined> {
  const found = await store
    .support<AccountDocument>('accounts')
    .findOne({ _id: name }, { projection: { password: 1 }, maxTimeMS: 2_000 });
  return found?.password;
}

/** Replaces the password hash; everything that was signed or opened before this moment ends. */
export async function savePasswordHash(store: Store, name: string, password: string): Promise<void> {
  await store
    .support<AccountDocument>('accounts')
    .updateOne({ _id: name }, { $set: { password, validAfter: new Date() } }, { writeConcern: { w: 'majority' } });
}
