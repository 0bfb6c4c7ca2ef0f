import { ServiceError, unavailable } from '../errors.js';
import type { Store } from '../store/store.js';
import { type AccessTokenClaims, createTokenVerifier } from './access-token.js';
import { type Account, findAccount } from './accounts.js';
import { heldAssignment } from './assignments.js';
import type { Caller, Role } from './caller.js';
import type { KeySet } from './key-set.js';

/** Claims that are held against the account. */
export type HeldClaims = Pick<
  AccessTokenClaims,
  'sub' | 'client_id' | 'scope' | 'role' | 'facility' | 'purpose_of_use' | 'iat'
> & { readonly acts_as: readonly Role[] };

/** Finds the account behind a token. */
export type AccountLookup = (name: string) => Promise<Account | undefined>;

/** A changed or disabled account must not live on in a cache: rights end within a second. */
const ACCOUNT_CACHE_MS = 1_000;

const challenge = (code: 'token-missing' | 'token-invalid', reason: string): ServiceError =>
  new ServiceError(
    { code, params: { reason } },
    { headers: { 'WWW-Authenticate': code === 'token-missing' ? 'Bearer' : 'Bearer error="invalid_token"' } },
  );

/**
 * The caller of a request: the token's claims held against the account as it is now. A token dies with the account, with
 * the post it names (`currentAssignments`), and with "close all sessions", not only at its end.
 * @param claims of a verified access token, or of a session
 * @throws ServiceError `token-invalid` (401)
 */
export async function callerFromClaims(claims: HeldClaims, lookup: AccountLookup): Promise<Caller> {
  const account = await lookup(claims.sub);
  const held = account && heldAssignment(account, claims);
  const stands =
    account?.enabled === true &&
    held !== undefined &&
    claims.acts_as.every((role) => role === held.role || account.actsAs.includes(role)) &&
    (account.validAfter === undefined || claims.iat * 1_000 >= account.validAfter.getTime());
  if (!stands) throw challenge('token-invalid', 'la cuenta cambió / the account changed');
  return {
    sub: account.name,
    clientId: claims.client_id,
    role: held.role,
    actsAs: account.kind === 'system' ? account.actsAs : [held.role],
    facilities: held.facilities,
    ...(held.facility === undefined ? {} : { facility: held.facility }),
    ...(account.patient === undefined ? {} : { patient: account.patient }),
    ...(account.guardian ? { guardian: account.guardian } : {}),
    ...(held.practitionerRole === undefined ? {} : { practitionerRole: held.practitionerRole }),
    scope: claims.scope,
    purpose: claims.purpose_of_use,
    displayName: account.displayName,
  };
}

/**
 * Account look-up that asks the database at most once a second for each name.
 * @param options.production demonstration accounts do not exist
 */
export function createAccountLookup(
  store: Store,
  options: { readonly production: boolean; readonly now?: () => number },
): AccountLookup {
  const now = options.now ?? Date.now;
  const known = new Map<string, { readonly at: number; readonly account: Promise<Account | undefined> }>();
  const load = async (name: string): Promise<Account | undefined> => {
    const account = await findAccount(store, name).catch((cause: unknown) => {
      throw unavailable(2, cause);
    });
    return account?.demo && options.production ? undefined : account;
  };
  return (name) => {
    const time = now();
    const hit = known.get(name);
    if (hit && time - hit.at < ACCOUNT_CACHE_MS && time >= hit.at) return hit.account;
    if (known.size >= 10_000) known.clear();
    const account = load(name);
    known.set(name, { at: time, account });
    account.catch(() => known.delete(name));
    return account;
  };
}

export interface AuthenticatorOptions {
  readonly store: Store;
  readonly keys: KeySet;
  /** PUBLIC_URL, without a slash at the end. */
  readonly issuer: string;
  /** PUBLIC_URL/fhir. */
  readonly audience: string;
  readonly production: boolean;
}

/**
 * Makes the one function that turns an `Authorization` header into a caller (RFC 6750).
 * @returns function of the header's value; it throws ServiceError `token-missing` or `token-invalid` (401), or 503 when
 *   the accounts cannot be read
 */
export function createAuthenticator(options: AuthenticatorOptions): (header: string | undefined) => Promise<Caller> {
  const verify = createTokenVerifier(options.keys, { issuer: options.issuer, audience: options.audience });
  const lookup = createAccountLookup(options.store, { production: options.production });
  return async (header) => {
    if (header === undefined || header === '') throw challenge('token-missing', '');
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
    if (token === undefined) throw challenge('token-invalid', 'se espera Bearer / Bearer expected');
    return callerFromClaims(verify(token), lookup);
  };
}
